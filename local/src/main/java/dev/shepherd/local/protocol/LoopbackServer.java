package dev.shepherd.local.protocol;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The same face on a loopback port, for {@code aws --endpoint-url}. One lock guards the world:
 * every request holds it, and whoever drives the clock takes it too.
 */
public final class LoopbackServer implements AutoCloseable {
  /** Where a page for people stands, if one is served. */
  public static final String STATUS = "/status";

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
    String path = exchange.getRequestURI().getPath();
    Optional<String> target =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (target.isEmpty() && !Wire.isRpc(path) && Ec2Api.target(body).isEmpty()) {
      stranger(exchange);
      return;
    }
    Wire.Reply reply = wire.answer(path, target, body);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    send(exchange, reply.status(), reply.body().asByteArrayUnsafe());
  }

  /**
   * A browser is shown the way. To all else one line that a person can read, and AWS's clients of
   * XML services too.
   */
  private void stranger(HttpExchange exchange) throws IOException {
    boolean browser = exchange.getRequestHeaders().getOrDefault("Accept", List.of()).stream()
        .anyMatch(accept -> accept.contains("text/html"));
    if (browser && exchange.getRequestURI().getPath().equals("/")) {
      exchange.getResponseHeaders().set("Location", STATUS);
      exchange.sendResponseHeaders(302, -1);
      return;
    }
    String line = """
        <ErrorResponse><Error><Code>NotServedHere</Code><Message>This is Shepherd's local AWS: ecs, ssm, \
        servicediscovery and events, in AWS JSON with X-Amz-Target, EC2's DescribeInstances, and CloudWatch's alarms in CBOR. \
        Its page for people is \
        http://127.0.0.1:%d%s</Message></Error></ErrorResponse>
        """.formatted(port(), STATUS);
    send(exchange, 400, "text/xml; charset=utf-8", line.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a whole body, which HEAD is told the length of only. */
  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    send(exchange, status, body);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
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
