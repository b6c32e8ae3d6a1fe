package dev.shepherd.local.protocol;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The same face on a loopback port, for {@code aws --endpoint-url}. One lock guards the world:
 * every request holds it, and whoever drives the clock takes it too.
 */
public final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final AwsFace face;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Listens on 127.0.0.1 at once.
   *
   * @param port 0 takes a free one
   * @throws IOException when the port is taken
   */
  public LoopbackServer(AwsFace face, int port) throws IOException {
    this.face = face;
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    context("/", this::answer);
    server.start();
  }

  /** Serves a further path; the handler runs with the lock held. */
  public void context(String path, HttpHandler handler) {
    server.createContext(path, exchange -> {
      try (exchange) {
        locked(() -> handler.handle(exchange));
      }
    });
  }

  private interface Turn {
    void take() throws IOException;
  }

  private void locked(Turn turn) throws IOException {
    lock.lock();
    try {
      turn.take();
    } finally {
      lock.unlock();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    @Nullable String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    AwsFace.Answer answer = face.call(
        target == null ? "no X-Amz-Target" : target, exchange.getRequestBody().readAllBytes());
    byte[] bytes = AwsJson.bytes(answer.body());
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Held by every request; hold it to touch the world or its clock. */
  public ReentrantLock lock() {
    return lock;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
