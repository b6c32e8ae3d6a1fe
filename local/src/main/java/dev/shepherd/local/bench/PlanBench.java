package dev.shepherd.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What one run's planning takes of the processor and allocates, for each task that the planner is
 * told of, beside the same of the smallest fleet: what is linear takes as much for each.
 */
final class PlanBench implements Bench {
  private static final int SMALLEST = 1_000;
  private static final int LARGER = 10_000;
  private static final int LARGEST = 100_000;
  private static final double MOST_GROWTH = 1.5;
  private static final double NANOS_PER_MICRO = 1_000;

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    List<BenchRow> rows = new ArrayList<>();
    for (PlanPicture picture : PlanPicture.values()) {
      progress.accept("plan: " + picture.words() + " …");
      Planned smallest = measure(picture, SMALLEST);
      Planned larger = measure(picture, LARGER);
      Planned largest = measure(picture, LARGEST);
      rows.add(larger.time(smallest));
      rows.add(largest.time(smallest));
      rows.add(largest.allocation(smallest));
    }
    return rows;
  }

  private static Planned measure(PlanPicture picture, int appTasks) {
    Measurement measured = Measurement.of(
        "PlanBenchmark[.]plan",
        new OptionsBuilder()
            .param("picture", picture.name())
            .param("appTasks", Integer.toString(appTasks))
            .mode(Mode.AverageTime)
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(5)
            .measurementTime(TimeValue.milliseconds(400)));
    return new Planned(picture, picture.tasks(new SampleFleets(appTasks)), measured);
  }

  /**
   * One run's planning.
   *
   * @param tasks that the planner is told of
   */
  private record Planned(PlanPicture picture, int tasks, Measurement measured) {
    BenchRow time(Planned smallest) {
      double micros = measured.cpu(NANOS_PER_MICRO).median();
      return row(
              "",
              measured.cpu(tasks),
              String.format(Locale.ROOT, "ns of CPU a task, %,.0f µs a run", micros),
              smallest,
              smallest.measured.cpu(smallest.tasks))
          .within(Goal.ratio(MOST_GROWTH));
    }

    BenchRow allocation(Planned smallest) {
      return row(
          ", allocated",
          measured.allocated(tasks),
          "bytes a task",
          smallest,
          smallest.measured.allocated(smallest.tasks));
    }

    private BenchRow row(String what, Figure own, String unit, Planned smallest, Figure reference) {
      return new BenchRow(
          "plan",
          String.format(Locale.ROOT, "%s, %,d tasks%s", picture.words(), tasks, what),
          own,
          unit,
          reference,
          String.format(Locale.ROOT, "%,d tasks", smallest.tasks),
          Optional.empty());
    }
  }
}
