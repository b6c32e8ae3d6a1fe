package dev.shepherd.local.bench;

import dev.shepherd.local.scenario.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The AWS calls of a quiet run and of a whole rollout, beside the fewest that any correct
 * controller could make ({@link PageMinimum}).
 */
final class CallsBench implements Bench {
  private static final List<Integer> APP_TASKS = List.of(100, 1_000, 10_000);

  /** Everything is adopted, and looked at twice since. */
  private static final Duration ADOPTED = Duration.ofMinutes(20);

  /** As many runs of each schedule as make whole ones. */
  private static final Duration QUIET = Duration.ofMinutes(10);

  private final Path root;

  CallsBench(Path root) {
    this.root = root;
  }

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    List<BenchRow> rows = new ArrayList<>();
    for (int tasks : APP_TASKS) {
      SampleFleets fleets = new SampleFleets(tasks);
      progress.accept("calls: a fleet of %,d tasks …".formatted(fleets.tasks()));
      measure(fleets, rows);
    }
    return rows;
  }

  private void measure(SampleFleets fleets, List<BenchRow> rows) {
    String edits = """
          - {at: 30m, put: /collectors/sidecar, file: sidecar-tasks.yaml}
          - {at: 30m, put: /collectors/gateway, file: gateway-amp.yaml}
        """;
    Simulation simulation = fleets.simulation(root, edits);
    simulation.runTo(SampleFleets.START.plus(ADOPTED));
    Counts before = Counts.of(simulation);
    simulation.runTo(SampleFleets.START.plus(ADOPTED).plus(QUIET).minusSeconds(1));
    Counts quiet = Counts.of(simulation).since(before);
    PageMinimum.quiet(fleets)
        .forEach((function, least) -> rows.add(BenchRow.counted(
                "calls",
                "%,d tasks: quiet run of %s".formatted(fleets.tasks(), function),
                (double) quiet.callsOf(function) / quiet.runsOf(function),
                "calls",
                least.calls(),
                "page minimum " + least.formula())
            .within(Goal.ratio(1.1))));
  }
}
