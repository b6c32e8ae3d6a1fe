package dev.shepherd.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Feeds one function from its queue, as an event source mapping with a reserved concurrency of one
 * does: one run at a time, also when the run's own calls let virtual time pass; what arrives
 * meanwhile waits. A run that throws, or takes longer than the function's timeout, deletes nothing:
 * its messages come again when the visibility timeout ends.
 */
final class QueuePoller {
  /** From a rule to a running function: a burst of events becomes one batch. */
  private static final Duration LATENCY = Duration.ofMillis(500);

  /** In the thread of a run, that run. */
  private static final ThreadLocal<Caller> CALLER = new ThreadLocal<>();

  private final Template.Function function;
  private final FifoQueue queue;
  private final VirtualClock clock;
  private final RequestStreamHandler handler;
  private final Consumer<Invocation> listener;
  private boolean running;
  private int invocations;

  QueuePoller(
      Template.Function function,
      FifoQueue queue,
      VirtualClock clock,
      RequestStreamHandler handler,
      Consumer<Invocation> listener) {
    this.function = function;
    this.queue = queue;
    this.clock = clock;
    this.handler = handler;
    this.listener = listener;
  }

  Template.Function function() {
    return function;
  }

  int invocations() {
    return invocations;
  }

  /** The run that this thread is in. */
  static Optional<Caller> caller() {
    return Optional.ofNullable(CALLER.get());
  }

  void send(String group, String body) {
    if (queue.send(group, body)) {
      clock.after(LATENCY, () -> clock.beside(this::poll));
    }
  }

  private void poll() {
    if (running) {
      return; // the end of that run polls again
    }
    List<FifoQueue.Message> batch = queue.receive(function.batchSize());
    if (batch.isEmpty()) {
      return;
    }
    Instant received = clock.instant();
    Invocation invocation = run(batch);
    if (invocation.failure().isEmpty()) {
      batch.forEach(queue::delete);
      clock.after(Duration.ZERO, () -> clock.beside(this::poll));
    } else {
      clock.at(received.plus(queue.visibility()), () -> clock.beside(this::poll));
    }
    listener.accept(invocation);
  }

  private Invocation run(List<FifoQueue.Message> batch) {
    String seed = function.id() + "-" + invocations++;
    String requestId =
        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    HostContext context = new HostContext(function, requestId, clock);
    Instant begun = clock.instant();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    running = true;
    CALLER.set(new Caller(function.name(), invocations));
    Optional<String> failure;
    try {
      handler.handleRequest(new ByteArrayInputStream(event(batch)), answer, context);
      failure = begun.plus(function.timeout()).isBefore(clock.instant())
          ? Optional.of("Task timed out after " + function.timeout().toSeconds() + " seconds")
          : Optional.empty();
    } catch (Exception | FunctionKilled thrown) {
      failure = Optional.of(thrown.toString());
    } finally {
      CALLER.remove();
      running = false;
    }
    String text = answer.toString(StandardCharsets.UTF_8);
    return new Invocation(
        function.name(), begun, clock.instant(), batch.size(), text, context.log(), failure);
  }

  /**
   * <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">As Lambda hands them
   * over.</a>
   */
  private byte[] event(List<FifoQueue.Message> batch) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode records = event.putArray("Records");
    for (FifoQueue.Message message : batch) {
      ObjectNode entry = records.addObject();
      entry
          .put("messageId", message.id())
          .put("receiptHandle", message.receiptHandle())
          .put("body", message.body())
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", Arns.of("sqs", queue.id()))
          .put("awsRegion", Arns.REGION);
      entry.putObject("messageAttributes");
      entry
          .putObject("attributes")
          .put("ApproximateReceiveCount", Integer.toString(message.receiveCount()))
          .put("SentTimestamp", Long.toString(message.sentAt().toEpochMilli()))
          .put("MessageGroupId", message.group())
          .put("MessageDeduplicationId", message.deduplicationId());
    }
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
