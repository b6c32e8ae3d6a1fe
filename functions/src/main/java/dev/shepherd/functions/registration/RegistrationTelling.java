package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.shared.registration.RegistrationDecision;
import dev.shepherd.shared.registration.RegistrationDecision.Change;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.RegistrationPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells what was decided: log and metrics always, an event when what is held has changed. */
final class RegistrationTelling {
  /** An event's detail names no more than these: the log has them all. */
  private static final int INSTANCES_NAMED = 50;

  private final DomainEvents events;

  /** What was told to be held, by Cloud Map service. Lost with this instance: then told again. */
  private final Map<String, Set<Guard>> held = new HashMap<>();

  RegistrationTelling(DomainEvents events) {
    this.events = events;
  }

  void tell(Registry registry, RegistrationPlan plan, Run run) {
    run.count("Missing", plan.drift().missing());
    run.count("Stale", plan.drift().stale());
    run.count("Wrong", plan.drift().wrong());
    run.count("Held", 0);
    plan.decisions().forEach(decision -> tell(registry, decision, run));
  }

  private static void tell(Registry registry, RegistrationDecision decision, Run run) {
    String name = decision.getClass().getSimpleName();
    switch (decision) {
      case Leave(var guard, var instances, var reason) -> {
        Level level = guard.holds() ? Level.WARN : Level.INFO;
        run.count("Held", guard.holds() ? Math.max(1, instances.size()) : 0);
        run.decided(level, registry.subject(), name + " " + guard, reason);
        if (guard == Guard.PARTIAL) {
          run.failed(registry.subject(), reason);
        }
      }
      case Change change ->
        run.decided(
            Level.INFO, registry.subject(), name, change.instance() + ": " + change.reason());
    }
  }

  /** Publishes {@code Registrations Held}, once while the same is held. */
  void hold(Registry registry, RegistrationPlan plan) {
    List<Leave> holds = plan.decisions().stream()
        .filter(Leave.class::isInstance)
        .map(Leave.class::cast)
        .filter(leave -> leave.guard().holds())
        .toList();
    Set<Guard> guards = holds.stream().map(Leave::guard).collect(Collectors.toSet());
    if (guards.equals(held.getOrDefault(registry.id(), Set.of()))) {
      return;
    }
    if (!guards.isEmpty()) {
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("subject", registry.subject());
      detail.put("registry", registry.id());
      detail.put("services", registry.registrants().keySet().stream().sorted().toList());
      detail.put("held", holds.stream().<Object>map(RegistrationTelling::entry).toList());
      events.publish("Registrations Held", registry.subject(), detail);
    }
    held.put(registry.id(), guards);
  }

  private static Map<String, Object> entry(Leave leave) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("guard", leave.guard());
    entry.put("reason", leave.reason());
    entry.put("instances", leave.instances().stream().limit(INSTANCES_NAMED).toList());
    return entry;
  }
}
