package dev.shepherd.local.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an operation takes of the processor, in nanoseconds: JMH's own clock also counts the time
 * that other processes take. It is that of Java's threads: the whole process's, with collector and
 * compilers, is told to 10 ms only, a tenth of an iteration on a busy machine.
 */
public final class CpuProfiler implements InternalProfiler {
  static final String LABEL = "cpu";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long begun;

  @Override
  public String getDescription() {
    return "processor time of an operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    begun = taken();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new ScalarResult(
        LABEL,
        (double) (taken() - begun) / result.getMetadata().getAllOps(),
        "ns/op",
        AggregationPolicy.AVG));
  }

  /** By every thread that lives; a benchmark's lives as long as its process. */
  private long taken() {
    return Arrays.stream(threads.getAllThreadIds())
        .map(threads::getThreadCpuTime)
        .filter(time -> time > 0)
        .sum();
  }
}
