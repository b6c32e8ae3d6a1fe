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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda's runtime API</a>
 * on loopback for some invocations: hands out one event after the other and takes the answers.
 */
final class RuntimeApiStub implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";

  private final List<byte[]> events;
  private final Template.Function function;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger handedOut = new AtomicInteger();
  private final List<CompletableFuture<Answer>> answers;

  /** What the runtime answered: the function's own JSON, or Lambda's error document. */
  record Answer(boolean failed, String json) {}

  /** Listens on a free port of 127.0.0.1. */
  RuntimeApiStub(Template.Function function, List<byte[]> events) throws IOException {
    this.function = function;
    this.events = List.copyOf(events);
    answers = events.stream().map(_ -> new CompletableFuture<Answer>()).toList();
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
    answers.forEach(each -> each.completeExceptionally(new IOException(reason)));
  }

  /** Waits for the answer to that event; throws when there is none, or not in this time. */
  Answer await(int event, Duration limit) throws IOException, InterruptedException {
    try {
      return answers.get(event).get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
        // Before it is told that it was heard: then it asks for the next. An error of its start
        // comes before the first.
        CompletableFuture<Answer> answered = answers.get(Math.max(0, handedOut.get() - 1));
        exchange.sendResponseHeaders(202, -1);
        answered.complete(new Answer(failed, new String(body, StandardCharsets.UTF_8)));
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    int next = handedOut.get();
    if (next == events.size()) {
      idle();
      return;
    }
    handedOut.set(next + 1);
    byte[] event = events.get(next);
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

  /** There is no further event: as Lambda freezes the runtime, the call hangs until the end. */
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
