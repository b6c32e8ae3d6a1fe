package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.RolloutDecision.Proceed;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The phases between pinning and promotion: probe, canary, bake.
 *
 * <ol>
 *   <li>{@link Probes} of every group. On a hash that the whole fleet has run on these binaries
 *       nothing more is to be proved: it is promoted.
 *   <li>{@link Canaries} where there may be any; else the probes stay up and bake, unless they
 *       would collect twice. Where nothing can bake, the first wave is one service, and bakes.
 *   <li>All well for the bake time ({@link Bake}): promoted.
 * </ol>
 */
final class Trying {
  private Trying() {}

  static RolloutDecision plan(Moment at, Alarms alarms) {
    if (alarms.areUnseen()) {
      return RolloutDecision.Look.alarms("do the alarms stand as they did before the rollout?");
    }
    ConfigHash candidate = at.state().candidate().orElseThrow();
    Instant ranSince = at.state().phase() == Phase.PROBE
        ? at.state().since()
        : at.state().since().minus(Standing.READ_AGE); // It ran in the phase before as well.
    Optional<Quarantine> turned = alarms.quarantine(candidate, ranSince);
    if (turned.isPresent()) {
      return new RolloutDecision.FailCanary(
          at.state().failed(turned.get(), at.now()),
          candidate + " failed: " + turned.get().reason());
    }
    return alarms.hold(ranSince).map(at::hold).orElseGet(() -> step(at));
  }

  private static RolloutDecision step(Moment at) {
    return switch (at.state().phase()) {
      case PROBE -> probe(at);
      case CANARY -> new Canaries(at).start().orElseGet(() -> bake(at, "every canary is well"));
      case BAKE ->
        new Bake(at)
            .plan()
            .orElseGet(() -> Milestones.promote(at, true, "its canaries stayed well"));
      case IDLE, PIN, WAVES, BACK -> throw new IllegalStateException("nothing is tried");
    };
  }

  private static RolloutDecision probe(Moment at) {
    ConfigHash candidate = at.state().candidate().orElseThrow();
    boolean proved = at.state().isProved(candidate, binaries(at));
    boolean canaries = new Canaries(at).isPossible();
    boolean stay = !proved && !canaries && !at.trial().pulls();
    Optional<RolloutDecision> step = Probes.wellness(at, candidate, stay);
    if (step.isPresent()) {
      return step.get();
    }
    if (proved) {
      return Milestones.promote(at, true, "the whole fleet has run it before");
    }
    if (canaries) {
      return proceed(at, Phase.CANARY, Map.of(), "its probes passed" + CanaryServices.without(at));
    }
    if (stay && Probes.canProbe(at)) {
      return bake(at, "its probes are its canaries" + CanaryServices.without(at));
    }
    String tried =
        Probes.canProbe(at) ? "its probes passed, and may not stay" : "nothing can try it";
    return Milestones.promote(
        at, false, tried + ": the first wave bakes" + CanaryServices.without(at));
  }

  private static Proceed bake(Moment at, String why) {
    ConfigHash candidate = at.state().candidate().orElseThrow();
    Map<ServiceName, List<String>> started = new HashMap<>();
    at.trial().first().ifPresent(service -> started.put(service, List.of()));
    at.extras().up().stream()
        .filter(extra -> extra.config().equals(candidate) && !extra.draining())
        .forEach(extra -> started.merge(extra.service(), List.of(extra.task().id()), Trying::both));
    return proceed(at, Phase.BAKE, started, why);
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).sorted().toList();
  }

  private static Proceed proceed(
      Moment at, Phase next, Map<ServiceName, List<String>> started, String why) {
    return new Proceed(
        at.state().trying(next, at.now()),
        started,
        at.state().candidate().map(Object::toString).orElse("") + ": " + why);
  }

  private static Set<String> binaries(Moment at) {
    return at.managed().stream()
        .flatMap(service -> service.definition().collectors().stream())
        .map(Collector::binary)
        .collect(Collectors.toSet());
  }
}
