package dev.shepherd.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shepherd.local.lambda.BuiltFunction.Moment;
import dev.shepherd.local.lambda.BuiltFunction.Result;
import dev.shepherd.local.world.Arns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda's runtime API</a>
 * on loopback: hands out one event after the other and takes the answers. Between events, as Lambda
 * freezes the runtime, its call hangs.
 */
final class RuntimeApiStub implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";

  private final Template.Function function;
  private final Supplier<Moment> now;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final AtomicReference<Optional<Invocation>> current =
      new AtomicReference<>(Optional.empty());
  private final CompletableFuture<Result> abandoned = new CompletableFuture<>();
  private final CompletableFuture<Moment> initialized = new CompletableFuture<>();
  private final CountDownLatch restored = new CountDownLatch(1);

  /** An event and, later, what came of it. */
  private static final class Invocation {
    private final byte[] event;
    private final CompletableFuture<Moment> handedOut = new CompletableFuture<>();
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    Invocation(byte[] event) {
      this.event = event.clone();
    }
  }

  /** Listens on a free port of 127.0.0.1; {@code now} tells when something happens. */
  RuntimeApiStub(Template.Function function, Supplier<Moment> now) throws IOException {
    this.function = function;
    this.now = now;
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

  /** Ends every wait, when the runtime has ended without an answer. */
  void abandon(String reason) {
    abandoned.completeExceptionally(new IOException(reason));
  }

  /**
   * Waits until the runtime has run the handler's hooks and asks to be restored, as it does when
   * Lambda would take a snapshot of it; its first event restores it.
   */
  Moment awaitSnapshot(Duration limit) throws IOException, InterruptedException {
    return awaited(initialized, limit);
  }

  /** Hands out this event and waits; throws when there is no answer, or not in this time. */
  Result invoke(byte[] event, Duration limit) throws IOException, InterruptedException {
    Invocation invocation = new Invocation(event);
    waiting.add(invocation);
    restored.countDown();
    return awaited(invocation.result, limit);
  }

  private <T> T awaited(CompletableFuture<T> expected, Duration limit)
      throws IOException, InterruptedException {
    try {
      CompletableFuture.anyOf(expected, abandoned).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return expected.get();
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + limit.toSeconds() + " seconds", late);
    } catch (ExecutionException gone) {
      throw new IOException(gone.getCause());
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(BASE.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (path) {
        case "invocation/next" -> next(exchange);
        case "restore/next" -> restore(exchange);
        default -> {
          answered(path.endsWith("/error"), new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(202, -1);
        }
      }
    }
  }

  private void answered(boolean failed, String json) {
    Moment then = now.get();
    current
        .getAndSet(Optional.empty())
        .ifPresentOrElse(
            invocation -> invocation.result.complete(
                new Result(failed, json, invocation.handedOut.getNow(then), then)),
            () -> abandon("the runtime could not start: " + json));
  }

  private void restore(HttpExchange exchange) throws IOException {
    initialized.complete(now.get());
    try {
      restored.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      return;
    }
    exchange.sendResponseHeaders(200, -1);
  }

  private void next(HttpExchange exchange) throws IOException {
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      return;
    }
    current.set(Optional.of(invocation));
    long deadline = Instant.now().plus(function.timeout()).toEpochMilli();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Invoked-Function-Arn", Arns.of("lambda", "function:" + function.id()));
    exchange.sendResponseHeaders(200, invocation.event.length);
    invocation.handedOut.complete(now.get());
    exchange.getResponseBody().write(invocation.event);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
