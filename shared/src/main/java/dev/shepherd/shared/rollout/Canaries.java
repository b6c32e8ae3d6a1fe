package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.AnnounceTasks;
import dev.shepherd.shared.rollout.RolloutDecision.ExtrasLook;
import dev.shepherd.shared.rollout.RolloutDecision.Look;
import java.time.Instant;
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
 *   <li>From then on they bake. What fails by itself meanwhile is blamed; what ends otherwise, or
 *       grows beyond the share, holds the rollout.
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
    this.sizes = CanarySize.of(eligible(at), at.tasks(), at.limits().canary());
    this.watch = new ExtrasWatch(at, Kind.CANARY, candidate);
    this.beside = at.managed().stream()
        .filter(
            service -> sizes.containsKey(service.name()) || !watch.of(service).isEmpty())
        .toList();
    int ordered = sizes.values().stream().mapToInt(Integer::intValue).sum();
    this.first = FirstService.of(at, Math.max(ordered, watch.all().size()));
  }

  private static List<ServiceState> eligible(Moment at) {
    return at.trial().pulls()
        ? List.of()
        : at.managed().stream()
            .filter(service -> service.definition().servicePattern())
            .filter(service -> service.definition().obstacles().isEmpty())
            .filter(service -> service.registry().isPresent() && service.running() > 0)
            .toList();
  }

  /** Whether there is anything that may try a candidate in traffic. */
  boolean isPossible() {
    return !sizes.isEmpty() || first.isPresent();
  }

  /** Why a service gets no canary tasks, for people; empty where all get some. */
  static String without(Moment at) {
    return at.managed().stream()
        .filter(service -> service.definition().servicePattern() && service.running() > 0)
        .filter(service -> !eligible(at).contains(service))
        .findFirst()
        .map(service -> "; no canary tasks beside " + service.name() + ": " + obstacle(at, service))
        .orElse("");
  }

  private static String obstacle(Moment at, ServiceState service) {
    if (at.trial().pulls()) {
      return "its receivers collect by themselves, and two would collect twice";
    }
    return service.definition().obstacles().stream()
        .sorted()
        .findFirst()
        .map(each -> switch (each) {
          case HOST_NETWORK -> "host networking";
          case FIXED_HOST_PORTS -> "fixed host ports";
          case VOLUME_AT_LAUNCH -> "a volume that is made at launch";
        })
        .orElse("no Cloud Map");
  }

  /** The next act until all try the candidate; empty once they do. */
  Optional<RolloutDecision> start() {
    return watch
        .unseen(beside)
        .or(() -> watch.trouble(beside))
        .or(this::order)
        .or(this::bringFirst)
        .or(this::waitForWellness)
        .or(this::announce);
  }

  private Optional<RolloutDecision> order() {
    SequencedMap<ServiceState, Integer> missing = new LinkedHashMap<>();
    beside.stream()
        .filter(service -> watch.of(service).isEmpty())
        .forEach(service -> missing.put(service, sizes.getOrDefault(service.name(), 1)));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(watch.order(missing, at.trial().orderedAt().isPresent()));
  }

  private Optional<RolloutDecision> bringFirst() {
    return first.flatMap(service -> new FirstStep(at, candidate).bring(service));
  }

  private List<ExtraTask> all() {
    return beside.stream().flatMap(service -> watch.of(service).stream()).toList();
  }

  private boolean areWell() {
    return beside.stream()
        .allMatch(service ->
            watch.of(service).stream().allMatch(extra -> ExtrasWatch.isWell(service, extra)));
  }

  private Optional<RolloutDecision> waitForWellness() {
    return areWell()
        ? Optional.empty()
        : Optional.of(watch
            .late("a canary task is not well")
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

  /** The next act while they bake; empty when that is over, and all was well. */
  Optional<RolloutDecision> bake() {
    ExtrasWatch probes = new ExtrasWatch(at, Kind.PROBE, candidate);
    boolean byProbes = beside.isEmpty() && at.trial().first().isEmpty();
    List<ServiceState> probed = byProbes ? Probes.beside(at, candidate) : List.of();
    Optional<ServiceState> baking =
        at.trial().first().flatMap(at::managed).filter(service -> isOnCandidate(service));
    return watch
        .unseen(beside)
        .or(() -> probes.unseen(probed))
        .or(() -> watch.trouble(beside))
        .or(() -> probes.trouble(probed))
        .or(() -> baking.flatMap(service -> new FirstStep(at, candidate).keep(service)))
        .or(() -> beyondShare(baking))
        .or(() -> nothingLeft(probes, probed, baking))
        .or(() -> waitForTime(probes, probed));
  }

  private boolean isOnCandidate(ServiceState service) {
    return new Advance(at.snapshot(), at.state(), candidate, true, at.limits(), at.now())
        .standing(service)
        .isOnTarget();
  }

  private Optional<RolloutDecision> beyondShare(Optional<ServiceState> baking) {
    int percent = at.limits().canary().percent();
    return baking
        .filter(
            service -> !CanarySize.isWithin(service.running(), all().size(), at.tasks(), percent))
        .map(service ->
            at.hold(service.name() + " has grown beyond " + percent + "% of the fleet's tasks"));
  }

  private Optional<RolloutDecision> nothingLeft(
      ExtrasWatch probes, List<ServiceState> probed, Optional<ServiceState> baking) {
    boolean any = baking.isPresent()
        || !all().isEmpty()
        || probed.stream().anyMatch(service -> !probes.of(service).isEmpty());
    return any ? Optional.empty() : Optional.of(at.hold("nothing tries the candidate any more"));
  }

  private Optional<RolloutDecision> waitForTime(ExtrasWatch probes, List<ServiceState> probed) {
    Instant end = at.state().since().plus(at.limits().canary().bake());
    if (at.now().isBefore(end)) {
      return Optional.of(new RolloutDecision.Wait(candidate + " bakes until " + end));
    }
    boolean well = areWell()
        && probed.stream()
            .allMatch(service ->
                probes.of(service).stream().allMatch(extra -> ExtrasWatch.isWell(service, extra)));
    if (well) {
      return Optional.empty();
    }
    boolean late = !at.now().isBefore(end.plus(at.limits().start()));
    return Optional.of(
        late
            ? at.hold("not every canary is well at the end of the bake time")
            : new RolloutDecision.Wait("not every canary is well"));
  }
}
