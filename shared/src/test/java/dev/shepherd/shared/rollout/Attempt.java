package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Fleets.FLEET;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V1;
import static dev.shepherd.shared.rollout.Fleets.V2;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Extras.Beside;
import dev.shepherd.shared.rollout.Extras.InCloudMap;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A fleet that tries V2 over V1; every extra task of it was looked at. */
record Attempt(
    RolloutState state,
    ConfigVersion source,
    Map<String, String> tags,
    List<ServiceState> services,
    List<ExtraTask> extras,
    Map<ServiceName, InCloudMap> registered,
    Optional<List<AlarmState>> alarms) {

  /** In a phase that began 20 minutes ago. */
  static Attempt in(Phase phase, ServiceState... services) {
    RolloutState state = RolloutState.adopted(H1, List.of(), minutesBefore(300))
        .trial(Trial.NONE)
        .starting(V2, minutesBefore(30))
        .trying(phase, minutesBefore(20));
    return new Attempt(
        state, V2, Map.of(), List.of(services), List.of(), Map.of(), Optional.empty());
  }

  Attempt state(UnaryOperator<RolloutState> change) {
    return new Attempt(change.apply(state), source, tags, services, extras, registered, alarms);
  }

  Attempt trial(UnaryOperator<Trial> change) {
    return state(old -> old.trial(change.apply(old.trial())));
  }

  /** The extra tasks of this phase were ordered some minutes ago, and these are there. */
  Attempt ordered(int minutesAgo, ExtraTask... tasks) {
    return trial(old -> old.ordered(minutesBefore(minutesAgo), tasks.length)).extras(tasks);
  }

  Attempt extras(ExtraTask... tasks) {
    return new Attempt(state, source, tags, services, List.of(tasks), registered, alarms);
  }

  /** Cloud Map shows these instances beside a service, with a TTL of a minute. */
  Attempt registered(String service, String... ids) {
    Map<ServiceName, InCloudMap> all = new HashMap<>(registered);
    all.put(Services.name(service), new InCloudMap(Set.of(ids), Duration.ofSeconds(60)));
    return new Attempt(state, source, tags, services, extras, all, alarms);
  }

  /** What drains there has just been taken out of Cloud Map. */
  Attempt drained(String service) {
    return registered(service)
        .trial(old -> old.draining(Optional.of(minutesBefore(1)), Optional.of(NOW)));
  }

  /** That service was sent to V2 some minutes ago. */
  Attempt first(String service, int minutesAgo) {
    Moving mark = Fleets.mark(service, V2.hash(), 8, minutesAgo)
        .started("ecs-svc/9", Fleets.arn(service, 9), Optional.empty());
    return state(old -> old.moving(List.of(mark)))
        .trial(old -> old.first(Optional.of(Services.name(service))));
  }

  Attempt source(ConfigVersion version) {
    return new Attempt(state, version, tags, services, extras, registered, alarms);
  }

  Attempt tag(String key, String value) {
    return new Attempt(state, source, Map.of(key, value), services, extras, registered, alarms);
  }

  Attempt services(ServiceState... others) {
    return new Attempt(state, source, tags, List.of(others), extras, registered, alarms);
  }

  Attempt alarm(AlarmState alarm) {
    return new Attempt(
        state, source, tags, services, extras, registered, Optional.of(List.of(alarm)));
  }

  /** As it stands; it is seen which tasks ended, and what Cloud Map shows where that was said. */
  RolloutSnapshot seen() {
    Set<Beside> endedOf = new HashSet<>();
    services.forEach(service ->
        List.of(Kind.values()).forEach(kind -> endedOf.add(new Beside(kind, service.name()))));
    return seen(endedOf);
  }

  private RolloutSnapshot seen(Set<Beside> endedOf) {
    ConfigVersion live = state.live().equals(H1) ? V1 : V2;
    return new RolloutSnapshot(
        FLEET,
        Optional.of(source),
        tags,
        Optional.of(state.live()),
        Optional.of(live),
        Optional.of(state),
        services,
        Optional.empty(),
        Optional.of(new Extras(extras, endedOf, registered, false)),
        alarms);
  }

  Moment moment() {
    return new Moment(seen(), state, LIMITS.tuned(tags), NOW);
  }

  /** As long as it was not read which tasks ended. */
  RolloutDecision planUnread() {
    return RolloutPlanner.plan(seen(Set.of()), LIMITS, NOW);
  }

  RolloutDecision plan() {
    return RolloutPlanner.plan(seen(), LIMITS, NOW);
  }
}
