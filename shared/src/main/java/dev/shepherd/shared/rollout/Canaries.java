package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.AnnounceTasks;
import dev.shepherd.shared.rollout.RolloutDecision.ExtrasLook;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings a share of the fleet to a candidate before its promotion, and has it bake:
 *
 * <ol>
 *   <li>Each service of the service pattern that registers in Cloud Map, has no fixed port and does
 *       not collect by itself gets {@link CanarySize canary tasks}; once ordered their number
 *       stays.
 *   <li>All are well, then announced until Cloud Map shows every one.
 *   <li>A fleet with sidecars has its {@link FirstService first service} brought there as well.
 *   <li>From then on they {@link Bake}.
 * </ol>
 */
final class Canaries {
  private final Moment at;
  private final ConfigHash candidate;
  private final Map<ServiceName, Integer> sizes;
  private final ExtrasWatch watch;
  private final List<ServiceState> beside;
  private final Optional<ServiceState> first;

  Canaries(Moment at) {
    this.at = at;
    this.candidate = at.state().candidate().orElseThrow();
    this.sizes = CanarySize.of(CanaryServices.of(at), at.tasks(), at.limits().canary());
    this.watch = new ExtrasWatch(at, Kind.CANARY, candidate);
    this.beside = at.managed().stream()
        .filter(
            service -> sizes.containsKey(service.name()) || !watch.of(service).isEmpty())
        .toList();
    int ordered = sizes.values().stream().mapToInt(Integer::intValue).sum();
    this.first = FirstService.of(at, Math.max(ordered, watch.all().size()));
  }

  /**
   * What failed, or ended for another reason, beside any service: also one that would get no canary
   * task now.
   */
  Optional<RolloutDecision> trouble() {
    List<ServiceState> all = at.managed().stream()
        .filter(service -> CanaryServices.mayHaveSome(service) || beside.contains(service))
        .toList();
    return watch.unseen(all).or(() -> watch.trouble(all));
  }

  /** The services that they are beside. */
  List<ServiceState> beside() {
    return beside;
  }

  /** Whether there is anything that may try a candidate in traffic. */
  boolean isPossible() {
    return !sizes.isEmpty() || first.isPresent();
  }

  /** The next act until all try the candidate; empty once they do. */
  Optional<RolloutDecision> start() {
    return trouble().or(this::order).or(this::bringFirstAndAnnounce);
  }

  /** While the first service is on its way, the canary tasks are seen to as well. */
  private Optional<RolloutDecision> bringFirstAndAnnounce() {
    Optional<RolloutDecision> brought =
        first.flatMap(service -> new FirstStep(at, candidate).bring(service));
    return brought
        .filter(step -> !(step instanceof RolloutDecision.Wait))
        .or(this::waitForWellness)
        .or(this::announce)
        .or(() -> brought);
  }

  private Optional<RolloutDecision> order() {
    List<ServiceState> without =
        beside.stream().filter(service -> watch.of(service).isEmpty()).toList();
    // What drains runs this candidate still, or the one before it.
    List<ExtraTask> trying = at.extras().up().stream()
        .filter(extra -> !extra.config().equals(at.state().live()))
        .toList();
    int room = CanarySize.room(firstTasks(), trying.size(), at.tasks(), percent());
    int wanted = without.stream().mapToInt(this::size).sum();
    if (wanted > room && trying.size() > all().size()) {
      return Optional.of(new RolloutDecision.Wait(
          "its canary tasks begin when the extra tasks before them have ended"));
    }
    SequencedMap<ServiceState, Integer> missing = new LinkedHashMap<>();
    for (ServiceState service : without) {
      int count = Math.min(room, size(service));
      if (count > 0) {
        missing.put(service, count);
        room -= count;
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(new ExtraOrders(at, Kind.CANARY, candidate).of(missing));
  }

  private int size(ServiceState service) {
    return sizes.getOrDefault(service.name(), 0);
  }

  private int percent() {
    return at.limits().canary().percent();
  }

  private int firstTasks() {
    return at.trial().first().flatMap(at::managed).map(ServiceState::desired).orElse(0);
  }

  /** Those that try the candidate. */
  List<ExtraTask> all() {
    return beside.stream().flatMap(service -> watch.of(service).stream()).toList();
  }

  /** Whether every one of them is well. */
  boolean areWell() {
    return beside.stream()
        .allMatch(service ->
            watch.of(service).stream().allMatch(extra -> ExtrasWatch.isWell(service, extra)));
  }

  private Optional<RolloutDecision> waitForWellness() {
    return areWell()
        ? Optional.empty()
        : Optional.of(watch
            .lateToStart(beside)
            .orElseGet(() -> new RolloutDecision.Wait("its canary tasks are not well yet")));
  }

  private Optional<RolloutDecision> announce() {
    Set<ServiceName> names = beside.stream().map(ServiceState::name).collect(Collectors.toSet());
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (!at.extras().registered().keySet().containsAll(names)) {
      return Optional.of(
          Look.extras(new ExtrasLook(Set.of(), names), "are the canary tasks in Cloud Map?"));
    }
    List<ExtraTask> lacking = all().stream()
        .filter(extra ->
            !at.extras().inCloudMap(extra.service()).ids().contains(extra.task().id()))
        .toList();
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(watch
            .late("a canary task is not registered in Cloud Map")
            .orElseGet(() -> new AnnounceTasks(
                lacking, lacking.size() + " canary tasks are well, and are to be registered")));
  }
}
