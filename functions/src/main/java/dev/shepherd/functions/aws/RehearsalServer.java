package dev.shepherd.functions.aws;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BinaryOperator;

/**
 * An AWS that is made up, on a free port of this machine's loopback address. One thread answers one
 * connection after the other: a rehearsal calls from one thread. Closed, it leaves neither a thread
 * nor a socket.
 */
final class RehearsalServer implements AutoCloseable {
  static final String THREAD = "rehearsal";

  private static final int BACKLOG = 8;

  /** Its thread has nothing to wait for once its sockets are closed. */
  private static final Duration END = Duration.ofSeconds(2);

  private final BinaryOperator<String> answers;
  private final ServerSocket listening;
  private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
  private final Thread thread;

  /** @param answers the JSON that answers an operation with this JSON */
  RehearsalServer(BinaryOperator<String> answers) {
    this.answers = answers;
    try {
      listening = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    thread = Thread.ofPlatform().daemon().name(THREAD).start(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket connection = listening.accept()) {
        accepted.add(connection);
        connection.setTcpNoDelay(true); // Or each answer would wait for the last one's receipt.
        InputStream in = new BufferedInputStream(connection.getInputStream());
        boolean open = !listening.isClosed();
        while (open) {
          open = answer(in, connection.getOutputStream());
        }
      } catch (IOException _) {
        // The client has gone, or this is closed: the loop's condition knows.
      }
    }
  }

  /** Whether there was a request to answer. */
  private boolean answer(InputStream in, OutputStream out) throws IOException {
    String operation = "";
    int length = 0;
    String line = line(in);
    if (line.isEmpty()) {
      return false;
    }
    for (; !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      } else if (header.startsWith("x-amz-target:")) {
        operation = line.substring(line.lastIndexOf('.') + 1);
      }
    }
    String request = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    byte[] body = answers.apply(operation, request).getBytes(StandardCharsets.UTF_8);
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\n"
        + "x-amzn-RequestId: 00000000-0000-0000-0000-000000000000\r\nContent-Length: " + body.length
        + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return true;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket connection : accepted) {
        connection.close();
      }
      thread.join(END);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
