package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that one look at a fleet saw. A listing that was cut short never becomes a snapshot.
 *
 * @param source the operator's parameter; absent when there is none
 * @param tags the source's tags
 * @param live the hash that the {@code live} parameter names; absent when there is none
 * @param current the text under {@code current}; absent when there is none
 * @param state what was remembered; absent on first sight
 * @param services every service that takes this fleet's config, managed or not, with this fleet's
 *     collectors alone
 * @param history the source's versions, oldest first; absent while nobody has asked for them
 * @param extras Shepherd's extra tasks; absent while nobody has asked for them
 * @param alarms those of the alarms that the managed services name which exist; absent while nobody
 *     has asked for them
 */
public record RolloutSnapshot(
    FleetName fleet,
    Optional<ConfigVersion> source,
    Map<String, String> tags,
    Optional<ConfigHash> live,
    Optional<ConfigVersion> current,
    Optional<RolloutState> state,
    List<ServiceState> services,
    Optional<List<ConfigVersion>> history,
    Optional<Extras> extras,
    Optional<List<AlarmState>> alarms) {
  public RolloutSnapshot {
    tags = Map.copyOf(tags);
    services = List.copyOf(services);
    history = history.map(List::copyOf);
    alarms = alarms.map(List::copyOf);
  }

  /** The same look with a newer state: what an act has just written. */
  public RolloutSnapshot with(RolloutState written) {
    return new RolloutSnapshot(
        fleet,
        source,
        tags,
        live,
        current,
        Optional.of(written),
        services,
        history,
        extras,
        alarms);
  }

  /** The same look with what {@code live} and {@code current} were just set to. */
  public RolloutSnapshot published(ConfigHash hash, ConfigVersion text) {
    return new RolloutSnapshot(
        fleet,
        source,
        tags,
        Optional.of(hash),
        Optional.of(text),
        state,
        services,
        history,
        extras,
        alarms);
  }

  /** The same look, deeper. */
  public RolloutSnapshot with(List<ServiceState> read, Optional<List<ConfigVersion>> versions) {
    return new RolloutSnapshot(
        fleet, source, tags, live, current, state, read, versions, extras, alarms);
  }

  /** The same look with what is known of the extra tasks. */
  public RolloutSnapshot with(Extras read) {
    return new RolloutSnapshot(
        fleet, source, tags, live, current, state, services, history, Optional.of(read), alarms);
  }

  /** The same look with how the alarms stand. */
  public RolloutSnapshot seeing(List<AlarmState> read) {
    return new RolloutSnapshot(
        fleet, source, tags, live, current, state, services, history, extras, Optional.of(read));
  }

  /** The alarms that the managed services name, each once. */
  public Set<String> namedAlarms() {
    return services.stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .flatMap(service -> service.alarms().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
