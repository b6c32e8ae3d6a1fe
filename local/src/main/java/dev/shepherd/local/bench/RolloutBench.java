package dev.shepherd.local.bench;

import dev.shepherd.local.scenario.Controller;
import dev.shepherd.local.scenario.Report;
import dev.shepherd.local.scenario.Scenario;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What an edit does to 1,000 app tasks with sidecars and a gateway of 50, under Shepherd and under
 * a forced deployment of every service that names the config: {@code examples/seed}.
 */
final class RolloutBench implements Bench {
  private static final String REDEPLOY = "redeploy";

  /** When the scenarios' edit is made. */
  private static final Duration EDIT = Duration.ofMinutes(10);

  private final Path root;

  RolloutBench(Path root) {
    this.root = root;
  }

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    List<BenchRow> rows = new ArrayList<>();
    both("good", progress)
        .row("tasks restarted (first edit: pinned, then rolled)", "tasks", Report::restarts)
        .row("until every task runs it", "virtual minutes", RolloutBench::minutesToConverge)
        .row("API calls, all functions", "calls", RolloutBench::calls)
        .row("largest share before promotion", "of the tasks", RolloutBench::share)
        .addTo(rows);
    both("bad", progress)
        .row(
            "on the bad config, in the hour after it",
            "task-minutes",
            report -> report.taskMinutes().onBadConfig())
        .within(Goal.ratio(0.01))
        .row(
            "serving without a collector",
            "task-minutes",
            report -> report.taskMinutes().withoutCollector())
        .row("tasks restarted (all pinned first)", "tasks", Report::restarts)
        .row("API calls, all functions", "calls", RolloutBench::calls)
        .row("largest share before promotion", "of the tasks", RolloutBench::share)
        .addTo(rows);
    return rows;
  }

  private Pair both(String edit, Consumer<String> progress) {
    progress.accept("rollout: " + edit + " edit under Shepherd …");
    Report shepherd = play(edit, Controller.SHEPHERD);
    progress.accept("rollout: " + edit + " edit under " + REDEPLOY + " …");
    return new Pair(edit, shepherd, play(edit, Controller.REDEPLOY));
  }

  private Report play(String edit, Controller controller) {
    Scenario scenario = Scenario.read(root.resolve("examples/seed/" + edit + "-edit.yaml"));
    try {
      return new Simulation(scenario, root.resolve("template.yaml"), SampleFleets.START, controller)
          .run();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static double minutesToConverge(Report report) {
    return report.convergedAt().map(at -> at.minus(EDIT).toSeconds() / 60.0).orElse(0.0);
  }

  private static double calls(Report report) {
    return report.calls().values().stream().mapToInt(Integer::intValue).sum();
  }

  private static double share(Report report) {
    return report.fleets().stream()
        .mapToDouble(fleet -> fleet.maxShareOnUnpromoted())
        .max()
        .orElse(0);
  }

  /** One edit under both controllers. */
  private static final class Pair {
    private final String edit;
    private final Report shepherd;
    private final Report redeploy;
    private final List<BenchRow> rows = new ArrayList<>();

    Pair(String edit, Report shepherd, Report redeploy) {
      this.edit = edit;
      this.shepherd = shepherd;
      this.redeploy = redeploy;
    }

    Pair row(String what, String unit, ToDoubleFunction<Report> figure) {
      rows.add(BenchRow.counted(
          "rollout",
          edit + " edit: " + what,
          figure.applyAsDouble(shepherd),
          unit,
          figure.applyAsDouble(redeploy),
          REDEPLOY));
      return this;
    }

    /** Puts a goal on the row before. */
    Pair within(Goal goal) {
      rows.add(rows.removeLast().within(goal));
      return this;
    }

    void addTo(List<BenchRow> all) {
      all.addAll(rows);
    }
  }
}
