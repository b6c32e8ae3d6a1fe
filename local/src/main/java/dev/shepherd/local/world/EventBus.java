package dev.shepherd.local.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The default event bus: wraps what services say into <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html">EventBridge's
 * envelope</a> and hands it to whoever subscribed, at once. Rules, queues and faults stand behind
 * the subscription.
 */
public final class EventBus {
  private final InstantSource clock;
  private final List<Consumer<ObjectNode>> subscribers = new ArrayList<>();
  private long count;

  public EventBus(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Hears every event from now on. The envelope is the subscriber's to keep, not to change. It is
   * called in the midst of a change: it must not let time pass nor call the world, but may put that
   * on the clock.
   */
  public void subscribe(Consumer<ObjectNode> subscriber) {
    subscribers.add(subscriber);
  }

  /** Publishes one event; its id, returned, is made from a count, so that two runs are equal. */
  public String publish(
      String source, String detailType, List<String> resources, ObjectNode detail) {
    return publish(Optional.empty(), source, detailType, resources, detail);
  }

  /** Publishes one event of a time that its sender says, or of now. */
  public String publish(
      Optional<Instant> time,
      String source,
      String detailType,
      List<String> resources,
      ObjectNode detail) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    String seed = "event-" + count++;
    envelope.put("version", "0");
    String id = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    envelope.put("id", id);
    envelope.put("detail-type", detailType);
    envelope.put("source", source);
    envelope.put("account", Arns.ACCOUNT);
    envelope.put(
        "time", time.orElseGet(clock::instant).truncatedTo(ChronoUnit.SECONDS).toString());
    envelope.put("region", Arns.REGION);
    resources.forEach(envelope.putArray("resources")::add);
    envelope.set("detail", detail);
    subscribers.forEach(subscriber -> subscriber.accept(envelope));
    return id;
  }
}
