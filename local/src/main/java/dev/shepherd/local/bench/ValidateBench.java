package dev.shepherd.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * How long a config's validation takes, warm and in a fresh process, beside the YAML library's
 * reading of the same text. Each figure comes from processes of its own, with the flags of Lambda's
 * Java runtime: the quick compiler alone and the serial collector.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize the
 *     Java runtime's start-up</a>
 */
final class ValidateBench implements Bench {
  /** By name: JMH compiles it, after this class. */
  private static final String BENCHMARK = "dev.shepherd.local.bench.ValidateBenchmark";

  private static final double MOST_MILLIS = 5;
  private static final int LARGEST = 8 * 1_024;
  private static final int FRESH_PROCESSES = 7;
  private static final List<Integer> SIZES = List.of(512, 4_096, LARGEST);

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    List<BenchRow> rows = new ArrayList<>();
    for (int bytes : SIZES) {
      warm(rows, "alone", bytes, "", progress);
    }
    warm(rows, "inTask", LARGEST, " in its task", progress);
    progress.accept("validate: first call in " + FRESH_PROCESSES + " fresh processes …");
    Statistics first = measure(fresh(), "alone", LARGEST);
    Statistics yaml = measure(fresh(), "yaml", LARGEST);
    rows.add(row("first, 8 KB, median", first, yaml, 50, Optional.empty()));
    rows.add(row("first, 8 KB, slowest", first, yaml, 100, Optional.empty()));
    return rows;
  }

  private static void warm(
      List<BenchRow> rows, String method, int bytes, String where, Consumer<String> progress) {
    String scenario = String.format(Locale.ROOT, "%.3g KB%s", bytes / 1_024.0, where)
        .replace(".00", "")
        .replace("0.500", "0.5");
    progress.accept("validate: " + scenario + " …");
    Statistics own = measure(warm(), method, bytes);
    Statistics yaml = measure(warm(), "yaml", bytes);
    Optional<Goal> goal =
        bytes == LARGEST ? Optional.of(Goal.value(MOST_MILLIS)) : Optional.empty();
    rows.add(row(scenario + ", p50", own, yaml, 50, goal));
    rows.add(row(scenario + ", p99", own, yaml, 99, Optional.empty()));
  }

  private static ChainedOptionsBuilder warm() {
    return new OptionsBuilder()
        .mode(Mode.SampleTime)
        .forks(1)
        .warmupIterations(2)
        .warmupTime(TimeValue.milliseconds(750))
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(500));
  }

  private static ChainedOptionsBuilder fresh() {
    return new OptionsBuilder()
        .mode(Mode.SingleShotTime)
        .forks(FRESH_PROCESSES)
        .warmupIterations(0)
        .measurementIterations(1);
  }

  private static Statistics measure(ChainedOptionsBuilder how, String method, int bytes) {
    var options = how.include(BENCHMARK + "\\." + method + "$")
        .param("bytes", Integer.toString(bytes))
        .timeUnit(TimeUnit.MILLISECONDS)
        .jvmArgs(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
        .shouldFailOnError(true)
        .build();
    try {
      return new Runner(
              options, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT))
          .runSingle()
          .getPrimaryResult()
          .getStatistics();
    } catch (RunnerException broken) {
      throw new IllegalStateException("the measurement of " + method + " failed", broken);
    }
  }

  private static BenchRow row(
      String scenario, Statistics own, Statistics yaml, double percentile, Optional<Goal> goal) {
    return new BenchRow(
        "validate",
        scenario,
        Figure.of(own.getPercentile(percentile)),
        "ms",
        Figure.of(yaml.getPercentile(percentile)),
        "the YAML library alone",
        goal);
  }
}
