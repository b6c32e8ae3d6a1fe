package dev.shepherd.local.lambda;

import dev.shepherd.local.world.EventBus;
import dev.shepherd.local.world.VirtualClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the template's functions on one machine: its rules and schedules, its queues, the real
 * handlers. Everything happens on the virtual clock, one thing at a time; runs of different
 * functions are under way at once, as they are on Lambda.
 */
public final class FunctionHost {
  private final Map<String, FifoQueue> queues;
  private final Map<String, QueuePoller> pollers = new LinkedHashMap<>();
  private final EventRoutes routes;

  /**
   * Starts: from here on the bus is heard and the schedules run.
   *
   * @param random chance for the event faults
   * @param listener hears of every run when it has ended
   */
  public FunctionHost(
      Template template,
      VirtualClock clock,
      EventBus bus,
      Handlers handlers,
      SplittableRandom random,
      Consumer<Invocation> listener) {
    queues = queues(template, clock);
    List<Template.Function> fed =
        template.functions().stream().filter(Template.Function::hasQueue).toList();
    for (Template.Function function : fed) {
      FifoQueue queue = queue(function.queue());
      pollers.put(
          function.queue(),
          new QueuePoller(function, queue, clock, handlers.create(function), listener));
    }
    routes = new EventRoutes(clock, template.rules(), this::send, random);
    bus.subscribe(routes::accept);
  }

  /** Dead letters first: the queues that use them are made with them. */
  private static Map<String, FifoQueue> queues(Template template, VirtualClock clock) {
    Map<Boolean, List<Template.Queue>> byRedrive = template.queues().stream()
        .collect(Collectors.partitioningBy(queue -> queue.redrive().isPresent()));
    Map<String, FifoQueue> made = byRedrive.getOrDefault(false, List.of()).stream()
        .map(queue -> new FifoQueue(queue, clock, Optional.empty()))
        .collect(Collectors.toMap(FifoQueue::id, Function.identity(), (a, b) -> a, TreeMap::new));
    byRedrive.getOrDefault(true, List.of()).forEach(queue -> {
      Optional<FifoQueue> letters = queue.redrive().map(redrive -> made.get(redrive.deadLetters()));
      made.put(queue.id(), new FifoQueue(queue, clock, letters));
    });
    return made;
  }

  private void send(Template.Rule rule, String body) {
    QueuePoller poller = pollers.get(rule.queue());
    if (poller == null) {
      queue(rule.queue()).send(rule.group(), body);
    } else {
      poller.send(rule.group(), body);
    }
  }

  /** From now on this goes wrong between the bus and the queues. */
  public void inject(EventFaults faults) {
    routes.inject(faults);
  }

  /** How often each function ran, by name ({@code ConfigRollout}), failed runs included. */
  public Map<String, Integer> invocations() {
    Map<String, Integer> counts = new TreeMap<>();
    pollers.values().forEach(p -> counts.put(p.function().name(), p.invocations()));
    return counts;
  }

  /** Messages in the functions' queues, those in flight included; dead letters are not. */
  public int messagesWaiting() {
    return pollers.keySet().stream().mapToInt(id -> queue(id).size()).sum();
  }

  /**
   * The run that makes the calls of this moment. Another one may wait for its own call to return
   * meanwhile.
   */
  public Optional<Caller> caller() {
    return QueuePoller.caller();
  }

  /** The queue of this logical id; throws when there is none. */
  public FifoQueue queue(String id) {
    FifoQueue queue = queues.get(id);
    if (queue == null) {
      throw new IllegalArgumentException("the template has no queue " + id);
    }
    return queue;
  }
}
