package dev.shepherd.functions.status;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.AlarmState;
import dev.shepherd.shared.rollout.ConfigVersion;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.Extras;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import dev.shepherd.shared.rollout.RolloutLimits;
import dev.shepherd.shared.rollout.RolloutPlanner;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What ConfigRollout would decide now, in its own words: the planner itself is asked, with what was
 * read anyway. It is not shown stopped tasks, alarms and old versions, which cost calls of their
 * own; so its blame, which rests on them, is seen when ConfigRollout has written it down.
 */
final class NextStep {
  /** The planner looks at tasks, alarms, extra tasks, ended ones, Cloud Map; then it decides. */
  private static final int LOOKS = 10;

  private final List<ExtraTask> extras;
  private final Map<String, Set<String>> registered;

  /** @param registered instance ids by the ARN of their Cloud Map service */
  NextStep(List<ExtraTask> extras, Map<String, Set<String>> registered) {
    this.extras = List.copyOf(extras);
    this.registered = Map.copyOf(registered);
  }

  /**
   * For one fleet.
   *
   * @param findings of its newest text
   * @param services all that take its config
   */
  FleetView.Next of(
      FleetName fleet,
      FleetParameters.Seen seen,
      List<FleetView.Found> findings,
      List<ServiceState> services,
      RolloutLimits limits,
      Instant now) {
    RolloutSnapshot snapshot = snapshot(fleet, seen, findings, services);
    RolloutDecision decision = RolloutPlanner.plan(snapshot, limits, now);
    for (int look = 0; look < LOOKS && decision instanceof Look wanted; look++) {
      snapshot = deeper(snapshot, wanted, now);
      decision = RolloutPlanner.plan(snapshot, limits, now);
    }
    return new FleetView.Next(decision.getClass().getSimpleName(), decision.reason());
  }

  private static RolloutSnapshot snapshot(
      FleetName fleet,
      FleetParameters.Seen seen,
      List<FleetView.Found> findings,
      List<ServiceState> services) {
    Optional<ConfigVersion> source = seen.source()
        .map(version -> version.with(
            findings.stream().map(FleetView.Found::finding).sorted().toList()));
    return new RolloutSnapshot(
        fleet,
        source,
        seen.tags(),
        seen.live(),
        seen.current(),
        seen.state(),
        services,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private RolloutSnapshot deeper(RolloutSnapshot snapshot, Look look, Instant now) {
    RolloutSnapshot alarmed = look.alarms()
        ? snapshot.seeing(snapshot.namedAlarms().stream()
            .map(name -> new AlarmState(name, AlarmState.State.INSUFFICIENT_DATA, now))
            .toList())
        : snapshot;
    return look.extras().map(wanted -> alarmed.with(extras(alarmed, wanted))).orElse(alarmed);
  }

  private Extras extras(RolloutSnapshot snapshot, RolloutDecision.ExtrasLook look) {
    Map<ServiceName, Extras.InCloudMap> inCloudMap = new HashMap<>();
    snapshot.services().stream()
        .filter(service -> look.registeredOf().contains(service.name()))
        .forEach(service -> inCloudMap.put(
            service.name(),
            service
                .registry()
                .flatMap(arn -> Optional.ofNullable(registered.get(arn)))
                .map(ids -> new Extras.InCloudMap(ids, Duration.ZERO))
                .orElse(Extras.InCloudMap.NONE)));
    Optional<Extras> before = snapshot.extras();
    before.ifPresent(known -> known.registered().forEach(inCloudMap::putIfAbsent));
    Set<Extras.Beside> ended = before
        .map(Extras::endedOf)
        .map(known ->
            Stream.concat(known.stream(), look.endedOf().stream()).collect(Collectors.toSet()))
        .orElse(look.endedOf());
    return new Extras(extras, ended, inCloudMap, false);
  }
}
