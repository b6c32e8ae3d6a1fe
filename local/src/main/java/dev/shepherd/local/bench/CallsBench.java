package dev.shepherd.local.bench;

import dev.shepherd.local.scenario.Report;
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

  private static final Duration EDIT = Duration.ofMinutes(30);

  private static final String EDITS = """
        - {at: 30m, put: /collectors/sidecar, file: sidecar-tasks.yaml}
        - {at: 30m, put: /collectors/gateway, file: gateway-amp.yaml}
      """;

  /** Five deployments at once take more than two hours over 10,000 tasks. */
  private static final int MOST_MINUTES = 180;

  private final Path root;

  CallsBench(Path root) {
    this.root = root;
  }

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    List<BenchRow> rows = new ArrayList<>();
    for (int tasks : APP_TASKS) {
      SampleFleets fleets = new SampleFleets(tasks);
      progress.accept("calls: a fleet of %,d tasks, quiet and rolled …".formatted(fleets.tasks()));
      rows.addAll(measure(fleets));
    }
    return rows;
  }

  List<BenchRow> measure(SampleFleets fleets) {
    Simulation simulation = fleets.simulation(root, EDITS);
    List<BenchRow> rows = quiet(fleets, simulation);
    rows.add(rollout(fleets, simulation));
    return rows;
  }

  /** A row for each function, of ten minutes in which nothing happens. */
  private static List<BenchRow> quiet(SampleFleets fleets, Simulation simulation) {
    simulation.runTo(SampleFleets.START.plus(ADOPTED));
    Counts before = Counts.of(simulation);
    simulation.runTo(SampleFleets.START.plus(ADOPTED).plus(QUIET).minusSeconds(1));
    Counts quiet = Counts.of(simulation).since(before);
    List<BenchRow> rows = new ArrayList<>();
    PageMinimum.quiet(fleets)
        .forEach((function, least) -> rows.add(BenchRow.counted(
                "calls",
                "%,d tasks: quiet run of %s".formatted(fleets.tasks(), function),
                (double) quiet.callsOf(function) / quiet.runsOf(function),
                "calls",
                least.calls(),
                "page minimum " + least.formula())
            .within(Goal.ratio(1.1))));
    return rows;
  }

  /** From the edit until nothing is under way any more, looked at each minute. */
  private static BenchRow rollout(SampleFleets fleets, Simulation simulation) {
    simulation.runTo(SampleFleets.START.plus(EDIT).minusSeconds(1));
    Counts before = Counts.of(simulation);
    RolloutMinimum least = new RolloutMinimum(fleets, simulation.world());
    int minutes = 0;
    do {
      minutes++;
      simulation.runTo(SampleFleets.START.plus(EDIT).plus(Duration.ofMinutes(minutes)));
      least.minute();
    } while (!isOver(simulation.report()) && minutes < MOST_MINUTES);
    return BenchRow.counted(
            "calls",
            "%,d tasks: a rollout, all functions".formatted(fleets.tasks()),
            Counts.of(simulation).since(before).calls(),
            "calls in %d virtual minutes".formatted(minutes),
            least.calls(),
            "page minimum " + least.formula())
        .within(Goal.ratio(1.25));
  }

  private static boolean isOver(Report report) {
    return report.fleets().stream().allMatch(fleet -> fleet.phase().equals("idle"))
        && report.fleets().stream()
            .flatMap(fleet -> fleet.services().stream())
            .allMatch(service -> service.byConfig().size() == 1)
        && report.fleets().stream().allMatch(fleet -> fleet.previous().isPresent());
  }
}
