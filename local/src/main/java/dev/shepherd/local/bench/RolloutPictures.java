package dev.shepherd.local.bench;

import static dev.shepherd.local.bench.PlanFleet.NAME;
import static dev.shepherd.local.bench.PlanFleet.NOW;

import dev.shepherd.local.bench.PlanFleet.Seen;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.CanaryLimits;
import dev.shepherd.shared.rollout.ConfigVersion;
import dev.shepherd.shared.rollout.DriftRepair;
import dev.shepherd.shared.rollout.Extras;
import dev.shepherd.shared.rollout.Moving;
import dev.shepherd.shared.rollout.ParameterKind;
import dev.shepherd.shared.rollout.PinByName;
import dev.shepherd.shared.rollout.RolloutDecision;
import dev.shepherd.shared.rollout.RolloutLimits;
import dev.shepherd.shared.rollout.RolloutPlanner;
import dev.shepherd.shared.rollout.RolloutSnapshot;
import dev.shepherd.shared.rollout.RolloutState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import dev.shepherd.shared.rollout.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A fleet's rollout, at rest and under way. */
final class RolloutPictures {
  static final RolloutLimits LIMITS = new RolloutLimits(
      Duration.ofSeconds(60),
      Duration.ofMinutes(10),
      Duration.ofMinutes(60),
      5,
      List.of(25, 50, 100),
      CanaryLimits.DEFAULT,
      DriftRepair.NEXT,
      PinByName.AT_ROLLOUT);

  private static final ConfigVersion FIRST = text(1, "localhost:4317");
  private static final ConfigVersion SECOND = text(2, "localhost:4318");
  private static final Instant EARLIER = NOW.minus(Duration.ofMinutes(30));

  private RolloutPictures() {}

  private static ConfigVersion text(int version, String endpoint) {
    String text = "receivers: {otlp: {protocols: {grpc: {endpoint: '%s'}}}}\n".formatted(endpoint)
        + "exporters: {debug: {}}\n"
        + "service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}\n";
    return ConfigVersion.of(
        version,
        text,
        new ParameterKind("String", Optional.empty(), "Standard"),
        NOW.minus(Duration.ofMinutes(60)),
        List.of());
  }

  static Supplier<RolloutDecision> quiet(SampleFleets size) {
    PlanFleet fleet = new PlanFleet(size);
    Seen live = Seen.pinned(FIRST.hash(), false);
    return plan(
        FIRST,
        FIRST,
        state(FIRST.hash(), Phase.IDLE, List.of()),
        fleet.services(_ -> live),
        Optional.empty());
  }

  static Supplier<RolloutDecision> begins(SampleFleets size) {
    PlanFleet fleet = new PlanFleet(size);
    Seen byName = new Seen(new ConfigReference.ByName(NAME), true, 0);
    return plan(
        SECOND,
        FIRST,
        state(FIRST.hash(), Phase.PIN, List.of()),
        fleet.services(_ -> byName),
        Optional.of(new Extras(List.of(), Set.of(), Map.of(), false)));
  }

  static Supplier<RolloutDecision> midst(SampleFleets size) {
    PlanFleet fleet = new PlanFleet(size);
    int over = fleet.services() * 11 / 20;
    int atOnce = LIMITS.maxConcurrentDeployments();
    List<ServiceState> services = fleet.services(
        place -> Seen.pinned(place < over ? SECOND.hash() : FIRST.hash(), place < over + atOnce));
    List<Moving> settled = IntStream.range(over - atOnce, over)
        .mapToObj(place -> moving(fleet, place))
        .toList();
    return plan(
        SECOND, SECOND, state(SECOND.hash(), Phase.WAVES, settled), services, Optional.empty());
  }

  private static Moving moving(PlanFleet fleet, int place) {
    return new Moving(
        fleet.name(place),
        SECOND.hash(),
        fleet.arn(place) + "0",
        Optional.empty(),
        NOW.minus(Duration.ofMinutes(20)),
        Optional.of(PlanFleet.deployment(place)),
        Optional.of(fleet.arn(place)),
        Optional.empty(),
        Optional.of(NOW.minus(Duration.ofMinutes(2))));
  }

  private static RolloutState state(ConfigHash live, Phase phase, List<Moving> moving) {
    boolean quiet = phase == Phase.IDLE;
    boolean promoted = phase == Phase.WAVES;
    return new RolloutState(
        live,
        promoted ? Optional.of(FIRST.hash()) : Optional.empty(),
        List.of(FIRST.hash()),
        quiet ? Optional.empty() : Optional.of(SECOND.hash()),
        phase,
        EARLIER,
        moving,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        100,
        Optional.empty(),
        Optional.empty(),
        Trial.NONE,
        List.of(),
        false);
  }

  private static Supplier<RolloutDecision> plan(
      ConfigVersion source,
      ConfigVersion live,
      RolloutState state,
      List<ServiceState> services,
      Optional<Extras> extras) {
    RolloutSnapshot seen = new RolloutSnapshot(
        NAME,
        Optional.of(source),
        Map.of(),
        Optional.of(live.hash()),
        Optional.of(live),
        Optional.of(state),
        services,
        Optional.empty(),
        extras,
        Optional.empty());
    return () -> RolloutPlanner.plan(seen, LIMITS, NOW);
  }
}
