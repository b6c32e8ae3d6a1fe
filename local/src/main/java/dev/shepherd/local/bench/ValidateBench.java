package dev.shepherd.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What a config's validation takes of the processor, warm and in a fresh process, beside the YAML
 * library's reading of the same text.
 */
final class ValidateBench implements Bench {
  private static final double MOST_MILLIS = 5;
  private static final int LARGEST = 8 * 1_024;
  private static final int FRESH_PROCESSES = 7;
  private static final List<Integer> SIZES = List.of(512, 4_096, LARGEST);
  private static final double NANOS_PER_MILLI = 1_000_000;

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    List<BenchRow> rows = new ArrayList<>();
    for (int bytes : SIZES) {
      warm(rows, "alone", bytes, "", progress);
    }
    warm(rows, "inTask", LARGEST, " in its task", progress);
    progress.accept("validate: first call in " + FRESH_PROCESSES + " fresh processes …");
    rows.add(row(
        "first, 8 KB",
        measure(fresh(), "alone", LARGEST),
        measure(fresh(), "yaml", LARGEST),
        Optional.empty()));
    return rows;
  }

  private static void warm(
      List<BenchRow> rows, String method, int bytes, String where, Consumer<String> progress) {
    String scenario = String.format(Locale.ROOT, "%.3g KB%s", bytes / 1_024.0, where)
        .replace(".00", "")
        .replace("0.500", "0.5");
    progress.accept("validate: " + scenario + " …");
    Figure own = measure(warm(), method, bytes);
    Figure yaml = measure(warm(), "yaml", bytes);
    Optional<Goal> goal =
        bytes == LARGEST ? Optional.of(Goal.value(MOST_MILLIS)) : Optional.empty();
    rows.add(row(scenario, own, yaml, goal));
  }

  private static ChainedOptionsBuilder warm() {
    return new OptionsBuilder()
        .mode(Mode.AverageTime)
        .forks(1)
        .warmupIterations(5)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(400));
  }

  private static ChainedOptionsBuilder fresh() {
    return new OptionsBuilder()
        .mode(Mode.SingleShotTime)
        .forks(FRESH_PROCESSES)
        .warmupIterations(0)
        .measurementIterations(1);
  }

  private static Figure measure(ChainedOptionsBuilder how, String method, int bytes) {
    return Measurement.of(
            "ValidateBenchmark[.]" + method, how.param("bytes", Integer.toString(bytes)))
        .cpu(NANOS_PER_MILLI);
  }

  private static BenchRow row(String scenario, Figure own, Figure yaml, Optional<Goal> goal) {
    return new BenchRow(
        "validate", scenario, own, "ms of CPU", yaml, "the YAML library alone", goal);
  }
}
