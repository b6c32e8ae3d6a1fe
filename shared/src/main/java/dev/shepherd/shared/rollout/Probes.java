package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.Obstacle;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts the fleet's own collector binary on a config, alone and without traffic:
 *
 * <ol>
 *   <li>One probe for each group of services with the same execution role and binary, beside one of
 *       them that should run tasks; none with host networking. As many at once as the canary share
 *       allows, and always one.
 *   <li>Each must come up, be well, and stay so for the probe's time; all groups in turn.
 *   <li>A collector that fails by itself is blamed ({@link Milestones}); a probe that could not
 *       start, or was stopped, holds the rollout.
 *   <li>Where only access is asked for, a probe that has started has read its config, and that is
 *       enough.
 * </ol>
 */
// Over 200 lines: choosing, starting and judging the probes of one batch, each in few lines.
final class Probes {
  /** AWS lets one definition a second be registered; a batch of these is up within minutes. */
  private static final int AT_ONCE = 20;

  private final Moment at;
  private final ConfigHash config;
  private final boolean accessOnly;
  private final SequencedMap<String, ServiceState> batch = new LinkedHashMap<>();
  private final boolean last;
  private final ExtrasWatch watch;

  private Probes(Moment at, ConfigHash config, List<ServiceState> services, boolean accessOnly) {
    this.at = at;
    this.config = config;
    this.accessOnly = accessOnly;
    this.watch = new ExtrasWatch(at, Kind.PROBE, config);
    SequencedMap<String, ServiceState> groups = groups(at, config, services);
    int share = CanarySize.extra(at.tasks(), at.limits().canary().percent()) - others();
    int room = Math.clamp(share, 1, AT_ONCE);
    groups.forEach((key, service) -> {
      if (batch.size() < room) {
        batch.put(key, service);
      }
    });
    this.last = batch.size() == groups.size();
  }

  /** What still runs a text that is not live, beside these probes. */
  private int others() {
    return (int) at.extras().up().stream()
        .filter(extra -> !extra.config().equals(at.state().live()))
        .filter(extra -> extra.kind() != Kind.PROBE || !extra.config().equals(config))
        .count();
  }

  /** Whether a probe of each group has read that config; empty, or what to do for it. */
  static Optional<RolloutDecision> access(
      Moment at, ConfigHash config, List<ServiceState> services) {
    return new Probes(at, config, services, true).step(false);
  }

  /**
   * Whether each group's probe is well on that config; empty, or what to do for it.
   *
   * @param stay whether the last ones stay up, to bake
   */
  static Optional<RolloutDecision> wellness(Moment at, ConfigHash config, boolean stay) {
    return new Probes(at, config, at.managed(), false).step(stay);
  }

  /** The services that probes of that config are beside, of groups that none has passed for. */
  static List<ServiceState> beside(Moment at, ConfigHash config) {
    return List.copyOf(groups(at, config, at.managed()).values());
  }

  /** Whether any service can have a probe. */
  static boolean canProbe(Moment at) {
    return at.managed().stream().anyMatch(Probes::isProbed);
  }

  /** Groups that no probe has passed for, each by the service that its probe is beside. */
  private static SequencedMap<String, ServiceState> groups(
      Moment at, ConfigHash config, List<ServiceState> services) {
    Set<ServiceName> withProbe = at.extras().up().stream()
        .filter(extra -> extra.kind() == Kind.PROBE)
        .map(ExtraTask::service)
        .collect(Collectors.toSet());
    SequencedMap<String, ServiceState> groups = new LinkedHashMap<>();
    services.stream()
        .filter(Probes::isProbed)
        .map(service -> new Keyed(key(service, config), service))
        .filter(keyed -> !ProbedGroups.has(at.trial().probed(), keyed.key))
        .sorted(Comparator.comparing((Keyed keyed) -> !withProbe.contains(keyed.service.name()))
            .thenComparing(Keyed::key)
            .thenComparing(keyed -> keyed.service.name()))
        .forEach(keyed -> groups.putIfAbsent(keyed.key, keyed.service));
    return groups;
  }

  /** A service with its group's name. */
  private record Keyed(String key, ServiceState service) {}

  private static boolean isProbed(ServiceState service) {
    return service.desired() > 0
        && !service.definition().obstacles().contains(Obstacle.HOST_NETWORK)
        && !service.definition().obstacles().contains(Obstacle.VOLUME_AT_LAUNCH);
  }

  /** Names a group and the config that it is probed with. */
  static String key(ServiceState service, ConfigHash config) {
    String binaries = service.definition().collectors().stream()
        .map(Collector::binary)
        .sorted()
        .distinct()
        .collect(Collectors.joining(" "));
    String role = service.definition().executionRole().orElse("");
    return ProbedGroups.key(config.toString(), (role + " " + binaries).hashCode());
  }

  private Optional<RolloutDecision> step(boolean stay) {
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    List<ServiceState> beside = List.copyOf(batch.values());
    return watch
        .unseen(beside)
        .or(() -> accessOnly ? watch.notStarted(beside) : watch.trouble(beside))
        .or(() -> start(beside))
        .or(() -> accessOnly ? waitForStart(beside) : waitForWellness(beside))
        .or(() -> stay && last ? Optional.empty() : Optional.of(pass()));
  }

  private Optional<RolloutDecision> start(List<ServiceState> beside) {
    SequencedMap<ServiceState, Integer> missing = new LinkedHashMap<>();
    beside.stream()
        .filter(service -> watch.of(service).isEmpty())
        .filter(service -> !(accessOnly && watch.hasStarted(service)))
        .forEach(service -> missing.put(service, 1));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(new ExtraOrders(at, Kind.PROBE, config).of(missing));
  }

  private Optional<RolloutDecision> waitForStart(List<ServiceState> beside) {
    return beside.stream().allMatch(watch::hasStarted)
        ? Optional.empty()
        : Optional.of(watch
            .lateToStart(beside)
            .orElseGet(() -> new RolloutDecision.Wait("its probes start")));
  }

  private Optional<RolloutDecision> waitForWellness(List<ServiceState> beside) {
    boolean well = beside.stream()
        .allMatch(service ->
            watch.of(service).stream().allMatch(extra -> ExtrasWatch.isWell(service, extra)));
    Trial trial = at.trial();
    if (!well) {
      return Optional.of(watch
          .lateToStart(beside)
          .orElseGet(() -> trial
              .wellSince()
              .map(_ -> at.note(trial.well(Optional.empty()), "a probe is not well any more"))
              .orElseGet(() -> new RolloutDecision.Wait("its probes are not well yet"))));
    }
    if (trial.wellSince().isEmpty()) {
      return Optional.of(at.note(
          trial.well(Optional.of(at.now())), beside.size() + " probes are well on " + config));
    }
    boolean longEnough =
        !at.now().isBefore(trial.wellSince().get().plus(at.limits().canary().probe()));
    return longEnough
        ? Optional.empty()
        : Optional.of(new RolloutDecision.Wait("its probes are well, and must stay so for "
            + at.limits().canary().probe().toSeconds() + " s"));
  }

  private RolloutDecision pass() {
    List<String> keys = new ArrayList<>(batch.keySet());
    return at.note(
        at.trial().passed(keys),
        (accessOnly ? "can be read by: " : "passed beside: ")
            + batch.values().stream()
                .map(service -> service.name().toString())
                .collect(Collectors.joining(", ")));
  }

  /** Whether that probe is wanted: of a group that none has passed for. */
  static boolean isWanted(Moment at, ExtraTask probe, ServiceState service) {
    return isProbed(service)
        && !ProbedGroups.has(at.trial().probed(), key(service, probe.config()));
  }
}
