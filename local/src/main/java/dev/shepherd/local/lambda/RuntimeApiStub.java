package dev.shepherd.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shepherd.local.world.Arns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda's runtime API</a>
 * on loopback for one invocation: hands out the event once and takes the answer.
 */
final class RuntimeApiStub implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";

  private final byte[] event;
  private final Template.Function function;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean handedOut = new AtomicBoolean();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /** What the runtime answered: the function's own JSON, or Lambda's error document. */
  record Answer(boolean failed, String json) {}

  /** Listens on a free port of 127.0.0.1. */
  RuntimeApiStub(Template.Function function, byte[] event) throws IOException {
    this.function = function;
    this.event = event.clone();
    server = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(threads);
    server.createContext(BASE, this::handle);
    server.start();
  }

  /** What the runtime finds in {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Ends the wait, when the runtime has ended without an answer. */
  void abandon(String reason) {
    answer.completeExceptionally(new IOException(reason));
  }

  /** Waits for the answer; throws when the runtime gave none, or not in this time. */
  Answer await(Duration limit) throws IOException, InterruptedException {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + limit.toSeconds() + " seconds", late);
    } catch (ExecutionException abandoned) {
      throw new IOException(abandoned.getCause());
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(BASE.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.equals("invocation/next")) {
        next(exchange);
      } else {
        boolean failed = path.endsWith("/error");
        exchange.sendResponseHeaders(202, -1);
        answer.complete(new Answer(failed, new String(body, StandardCharsets.UTF_8)));
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    if (handedOut.getAndSet(true)) {
      idle();
      return;
    }
    long deadline = Instant.now().plus(function.timeout()).toEpochMilli();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Invoked-Function-Arn", Arns.of("lambda", "function:" + function.id()));
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  /** There is no second event: as Lambda freezes the runtime, the call hangs until the end. */
  private static void idle() {
    try {
      Thread.sleep(Duration.ofDays(1));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
