package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which extra tasks have business now:
 *
 * <ol>
 *   <li>none of a candidate while the rollout is held;
 *   <li>probes of a group that none has passed for: of the candidate while it is probed or bakes,
 *       of live while services take the config by name; while the operator has paused it, only
 *       those that bake;
 *   <li>canary tasks of the candidate in its canary phase and its bake, beside managed services, of
 *       each in turn as many as the canary share allows; one that drains is never taken back.
 * </ol>
 */
record WantedExtras(Moment at) {
  /** Those of them. */
  List<ExtraTask> of(List<ExtraTask> up) {
    Phase phase = at.state().phase();
    List<ExtraTask> wanted = new ArrayList<>(up.stream()
        .filter(extra -> extra.kind() == Kind.PROBE && isWantedProbe(extra, phase))
        .toList());
    int percent = at.limits().canary().percent();
    int first =
        at.trial().first().flatMap(at::managed).map(ServiceState::desired).orElse(0);
    inTurns(up.stream()
            .filter(extra -> extra.kind() == Kind.CANARY && isWantedCanary(extra, phase))
            .toList())
        .filter(_ ->
            wanted.isEmpty() || CanarySize.isWithin(first, wanted.size() + 1, at.tasks(), percent))
        .forEach(wanted::add);
    return wanted;
  }

  /** The first of each service, then the second: the share is to leave each service one. */
  private static Stream<ExtraTask> inTurns(List<ExtraTask> canaries) {
    Map<ServiceName, List<ExtraTask>> byService = canaries.stream()
        .sorted(Comparator.comparing(extra -> extra.task().id()))
        .collect(Collectors.groupingBy(ExtraTask::service, TreeMap::new, Collectors.toList()));
    int turns = byService.values().stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, turns)
        .boxed()
        .flatMap(turn -> byService.values().stream()
            .filter(tasks -> tasks.size() > turn)
            .map(tasks -> tasks.get(turn)));
  }

  private boolean isWantedProbe(ExtraTask probe, Phase phase) {
    boolean begins = !at.isPaused() || phase == Phase.BAKE;
    boolean tried = (phase == Phase.PROBE || phase == Phase.BAKE)
        && at.state().candidate().filter(probe.config()::equals).isPresent();
    boolean access = probe.config().equals(at.state().live()) && !at.unpinned().isEmpty();
    return begins
        && (tried || access)
        && at.managed(probe.service())
            .filter(service -> Probes.isWanted(at, probe, service))
            .isPresent();
  }

  private boolean isWantedCanary(ExtraTask canary, Phase phase) {
    return (phase == Phase.CANARY || phase == Phase.BAKE)
        && !canary.draining()
        && at.state().candidate().filter(canary.config()::equals).isPresent()
        && at.managed(canary.service()).isPresent();
  }
}
