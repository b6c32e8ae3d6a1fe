package dev.shepherd.local.bench;

import dev.shepherd.local.lambda.BuiltFunction.Result;
import dev.shepherd.local.lambda.BuiltFunction.Session;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One scheduled event for a fleet of 100 app tasks at rest, in a process that has seen some before,
 * beside a plain handler that makes the same calls; by turns. The function keeps to its share of
 * AWS's rates, so the events come no faster than it may call.
 */
final class WarmBench implements Bench {
  private static final int BEFORE = 10;
  private static final int EVENTS = 50;
  private static final double NANOS_PER_MILLI = 1_000_000;

  /** What the function waits for otherwise, half of three DescribeParameters a second. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Path root;

  WarmBench(Path root) {
    this.root = root;
  }

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    progress.accept("warm: a fleet of 105 tasks …");
    Simulation simulation = new SampleFleets(100).simulation(root, "");
    simulation.runTo(SampleFleets.START.plus(Duration.ofMinutes(20)));
    try (LambdaStage stage = new LambdaStage(root, simulation.world(), "prod");
        Session own = stage.start(stage.shepherd());
        Session plain = stage.start(stage.plain())) {
      double[] ownMillis = new double[EVENTS];
      double[] plainMillis = new double[EVENTS];
      progress.accept("warm: " + (BEFORE + EVENTS) + " events, one a second …");
      for (int event = -BEFORE; event < EVENTS; event++) {
        double ownTook = millis(own);
        double plainTook = millis(plain);
        if (event >= 0) {
          ownMillis[event] = ownTook;
          plainMillis[event] = plainTook;
        }
        Thread.sleep(PACE);
      }
      return rows(ownMillis, plainMillis, memory(own), memory(plain));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  private static double millis(Session session) throws IOException, InterruptedException {
    Result result = session.invoke(LambdaStage.scheduled());
    return (result.answered().wall() - result.handedOut().wall()) / NANOS_PER_MILLI;
  }

  /** The most that the process ever held in memory, in MB. */
  private static double memory(Session session) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + session.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1_000)
        .findFirst()
        .orElse(0);
  }

  private static List<BenchRow> rows(
      double[] own, double[] plain, double ownMemory, double plainMemory) {
    List<BenchRow> rows = new ArrayList<>();
    rows.add(row("one event, p50", percentile(own, 50), "ms", percentile(plain, 50)));
    rows.add(row("one event, p99", percentile(own, 99), "ms", percentile(plain, 99)));
    rows.add(row("memory peak", ownMemory, "MB", plainMemory));
    return rows;
  }

  private static double percentile(double[] measured, int percent) {
    double[] sorted = measured.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
  }

  private static BenchRow row(String what, double own, String unit, double plain) {
    return new BenchRow(
        "warm",
        what + ", 105 tasks",
        Figure.of(own),
        unit,
        Figure.of(plain),
        "a plain handler with the same calls",
        Optional.empty());
  }
}
