package dev.shepherd.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiConsumer;
import software.amazon.event.ruler.GenericMachine;

/**
 * From the bus to the queues: the template's rules, matched by <a
 * href="https://github.com/aws/event-ruler">AWS's own matcher</a>, with faults on the way, and the
 * scheduled rules on the virtual clock. Scheduled events know no faults.
 */
final class EventRoutes {
  private final VirtualClock clock;
  private final List<Template.Rule> rules;
  private final BiConsumer<Template.Rule, String> queues;
  private final SplittableRandom random;
  private final GenericMachine<String> machine =
      GenericMachine.<String>builder().build();
  private final List<Sent> overtaken = new ArrayList<>();
  private EventFaults faults = EventFaults.NONE;
  private long count;

  /** An event on its way; a repetition's new id is nothing that a rule asks for. */
  private record Sent(ObjectNode event, List<Template.Rule> rules) {}

  /**
   * Starts the schedules.
   *
   * @param queues takes an event's text for the queue of a rule
   */
  EventRoutes(
      VirtualClock clock,
      List<Template.Rule> rules,
      BiConsumer<Template.Rule, String> queues,
      SplittableRandom random) {
    this.clock = clock;
    this.rules = List.copyOf(rules);
    this.queues = queues;
    this.random = random;
    for (Template.Rule rule : rules) {
      rule.pattern().ifPresent(pattern -> learn(rule.id(), pattern));
      rule.rate().ifPresent(rate -> clock.after(rate, () -> tick(rule, rate)));
    }
  }

  private void learn(String id, String pattern) {
    try {
      machine.addRule(id, pattern);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(id + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /** From now on this goes wrong. */
  void inject(EventFaults next) {
    faults = next;
  }

  /** The rules that this event matches, in the template's order. */
  List<Template.Rule> matching(JsonNode event) {
    List<String> matched = machine.rulesForJSONEvent(event);
    return rules.stream().filter(rule -> matched.contains(rule.id())).toList();
  }

  /**
   * Takes an event from the bus. One that no rule matches draws no chance, so it changes nothing.
   */
  void accept(ObjectNode event) {
    List<Template.Rule> matched = matching(event);
    if (matched.isEmpty() || happens(faults.lose())) {
      return;
    }
    if (happens(faults.duplicate())) {
      depart(new Sent(random.nextBoolean() ? event : renamed(event), matched));
    }
    depart(new Sent(event, matched));
  }

  private void depart(Sent event) {
    long bound = faults.delayUpTo().toMillis();
    Duration delay = Duration.ofMillis(bound == 0 ? 0 : random.nextLong(bound + 1));
    boolean waits = happens(faults.reorder());
    clock.after(delay, () -> {
      if (waits) {
        overtaken.add(event);
        clock.after(EventFaults.OVERTAKE, () -> release(event));
      } else {
        deliver(event);
        List.copyOf(overtaken).forEach(this::release);
      }
    });
  }

  private void release(Sent event) {
    if (overtaken.remove(event)) {
      deliver(event);
    }
  }

  private void deliver(Sent sent) {
    String text = sent.event.toString();
    sent.rules.forEach(rule -> queues.accept(rule, text));
  }

  private void tick(Template.Rule rule, Duration rate) {
    clock.after(rate, () -> tick(rule, rate));
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("version", "0")
        .put("id", id("schedule-"))
        .put("detail-type", "Scheduled Event")
        .put("source", "aws.events")
        .put("account", Arns.ACCOUNT)
        .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", Arns.REGION)
        .putArray("resources")
        .add(Arns.of("events", "rule/" + rule.id()));
    event.putObject("detail");
    queues.accept(rule, event.toString());
  }

  private ObjectNode renamed(ObjectNode event) {
    return event.deepCopy().put("id", id("repeat-"));
  }

  private String id(String kind) {
    String seed = kind + count++;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private boolean happens(double rate) {
    return rate > 0 && random.nextDouble() < rate;
  }
}
