package dev.shepherd.local.bench;

import static dev.shepherd.local.bench.PlanFleet.NAME;
import static dev.shepherd.local.bench.PlanFleet.NOW;

import dev.shepherd.local.bench.PlanFleet.Seen;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.replacement.ReplacementLimits;
import dev.shepherd.shared.replacement.ReplacementMarks;
import dev.shepherd.shared.replacement.ReplacementPlan;
import dev.shepherd.shared.replacement.ReplacementPlanner;
import dev.shepherd.shared.replacement.ReplacementSnapshot;
import dev.shepherd.shared.replacement.RolloutView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A fleet on a completed config, of which some collectors broke since the last look. */
final class ReplacementPictures {
  static final ReplacementLimits LIMITS =
      new ReplacementLimits(10, Duration.ofMinutes(5), 30, Duration.ofMinutes(15));

  private static final ConfigHash LIVE = new ConfigHash("0123456789ab");

  private ReplacementPictures() {}

  static Supplier<ReplacementPlan> brokenOneIn(int oneIn, SampleFleets size) {
    Seen seen = new Seen(new ConfigReference.Pinned(NAME, LIVE), true, oneIn);
    RolloutView rollout = new RolloutView(
        Optional.of(LIVE),
        NOW.minus(Duration.ofHours(3)),
        List.of(LIVE),
        List.of(),
        100,
        Set.of(),
        true);
    ReplacementSnapshot snapshot = new ReplacementSnapshot(
        NAME,
        new PlanFleet(size).services(_ -> seen),
        List.of(),
        Map.of(NAME, rollout),
        ReplacementMarks.NONE);
    return () -> ReplacementPlanner.plan(snapshot, LIMITS, NOW);
  }
}
