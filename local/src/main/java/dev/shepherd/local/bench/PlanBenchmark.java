package dev.shepherd.local.bench;

import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH calls in a process of its own: a planner on a picture that stands still. */
@State(Scope.Benchmark)
public class PlanBenchmark {
  /** The name of a {@link PlanPicture}. */
  @Param({"ROLLOUT_QUIET"})
  public String picture = "";

  /** How many app tasks the fleet has. */
  @Param({"1000"})
  public int appTasks;

  private Supplier<?> planning = () -> "";

  /** Draws the picture. */
  @Setup
  public void draw() {
    planning = PlanPicture.valueOf(picture).draw(new SampleFleets(appTasks));
  }

  /** One run's planning. */
  @Benchmark
  public Object plan() {
    return planning.get();
  }
}
