package dev.shepherd.local.bench;

import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * What JMH measured, in processes of its own with the flags of Lambda's Java runtime: the quick
 * compiler alone and the serial collector.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize the
 *     Java runtime's start-up</a>
 */
record Measurement(RunResult result) {
  /**
   * Runs it.
   *
   * @param benchmark its class and method; by name, since JMH compiles it after the others
   */
  static Measurement of(String benchmark, ChainedOptionsBuilder how) {
    var options = how.include("dev[.]shepherd[.]local[.]bench[.]" + benchmark + "$")
        .jvmArgs(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xms1g",
            "-Xmx1g", // The same everywhere, and room for a fleet of 100,000 tasks.
            "--sun-misc-unsafe-memory-access=allow")
        .addProfiler(CpuProfiler.class)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .build();
    try {
      return new Measurement(new Runner(
              options, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT))
          .runSingle());
    } catch (RunnerException broken) {
      throw new IllegalStateException("the measurement of " + benchmark + " failed", broken);
    }
  }

  /**
   * What an operation takes of the processor.
   *
   * @param unit in nanoseconds
   */
  Figure cpu(double unit) {
    return figure(CpuProfiler.LABEL, unit);
  }

  /**
   * What an operation allocates.
   *
   * @param unit in bytes
   */
  Figure allocated(double unit) {
    return figure("gc.alloc.rate.norm", unit);
  }

  /** Of the iterations; the middle one is their median. */
  private Figure figure(String label, double unit) {
    Statistics measured =
        Objects.requireNonNull(result.getSecondaryResults().get(label), label).getStatistics();
    return new Figure(
        measured.getPercentile(50) / unit, measured.getMin() / unit, measured.getMax() / unit);
  }
}
