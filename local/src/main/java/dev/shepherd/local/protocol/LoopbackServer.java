package dev.shepherd.local.protocol;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The same face on a loopback port, for {@code aws --endpoint-url}. One lock guards the world:
 * every request holds it, and whoever drives the clock takes it too.
 */
public final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final Wire wire;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Listens on 127.0.0.1 at once.
   *
   * @param port 0 takes a free one
   * @throws IOException when the port is taken
   */
  public LoopbackServer(AwsFace face, int port) throws IOException {
    wire = new Wire(face);
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
    Wire.Reply reply = wire.answer(
        exchange.getRequestURI().getPath(),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")),
        exchange.getRequestBody().readAllBytes());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = reply.body().asByteArrayUnsafe();
    exchange.sendResponseHeaders(reply.status(), bytes.length);
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
