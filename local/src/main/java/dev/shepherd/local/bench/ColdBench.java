package dev.shepherd.local.bench;

import dev.shepherd.local.lambda.BuiltFunction;
import dev.shepherd.local.lambda.BuiltFunction.Result;
import dev.shepherd.local.lambda.BuiltFunction.Session;
import dev.shepherd.local.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * From the start of a process to its first answer: what the built artifact takes of the processor
 * for a look of three calls, beside a plain handler that makes the same three, and one that does
 * nothing; by turns, each in a process of its own, started as Lambda does. And the first event
 * after the handler was rehearsed for a snapshot, beside the fifth.
 */
final class ColdBench implements Bench {
  private static final int TURNS = 9;
  private static final int PRIMED = 5;
  private static final int EVENTS = 5;
  private static final double NANOS_PER_MILLI = 1_000_000;

  /** A process that takes no more of the processor between two looks does nothing. */
  private static final Duration QUIET = Duration.ofMillis(2);

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int QUIET_LOOKS = 50;

  private final Path root;

  ColdBench(Path root) {
    this.root = root;
  }

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    try {
      return measure(progress);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  private List<BenchRow> measure(Consumer<String> progress)
      throws IOException, InterruptedException {
    World world = new World(7, Instant.now());
    world.ecs().createCluster("one");
    world.ecs().createCluster("two");
    try (LambdaStage stage = new LambdaStage(root, world, "one,two")) {
      double[] shepherd = new double[TURNS];
      double[] plain = new double[TURNS];
      double[] nothing = new double[TURNS];
      int calls = 0;
      int plainCalls = 0;
      for (int turn = 0; turn < TURNS; turn++) {
        progress.accept("cold: turn " + (turn + 1) + " of " + TURNS + " …");
        nothing[turn] = firstAnswer(stage, stage.nothing());
        int before = stage.calls();
        plain[turn] = firstAnswer(stage, stage.plain());
        plainCalls = stage.calls() - before;
        shepherd[turn] = firstAnswer(stage, stage.shepherd());
        calls = stage.calls() - before - plainCalls;
      }
      List<BenchRow> rows = new ArrayList<>();
      String what = "first answer, %d calls".formatted(calls);
      rows.add(row(what, shepherd, "a plain handler, %d calls".formatted(plainCalls), plain)
          .within(Goal.ratio(1.1)));
      rows.add(row(what + ", runtime included", shepherd, "a handler that does nothing", nothing));
      rows.add(primed(stage, progress));
      return rows;
    }
  }

  private static double firstAnswer(LambdaStage stage, BuiltFunction function)
      throws IOException, InterruptedException {
    try (Session session = stage.start(function)) {
      return session.invoke(LambdaStage.scheduled()).answered().cpu() / NANOS_PER_MILLI;
    }
  }

  private static BenchRow primed(LambdaStage stage, Consumer<String> progress)
      throws IOException, InterruptedException {
    double[] first = new double[PRIMED];
    double[] fifth = new double[PRIMED];
    for (int turn = 0; turn < PRIMED; turn++) {
      progress.accept("cold: primed, turn " + (turn + 1) + " of " + PRIMED + " …");
      try (Session session = stage.startForSnapshot(stage.shepherd())) {
        session.awaitSnapshot();
        untilQuiet(session);
        for (int event = 1; event <= EVENTS; event++) {
          double taken = ofOneEvent(session);
          first[turn] = event == 1 ? taken : first[turn];
          fifth[turn] = taken;
        }
      }
    }
    return row("first event after priming", first, "the fifth", fifth).within(Goal.ratio(2));
  }

  /** Until the compilers have done what they were asked for, or for a while. */
  private static void untilQuiet(Session session) throws InterruptedException {
    long before = 0;
    for (int i = 0; i < QUIET_LOOKS && session.cpu() - before > QUIET.toNanos(); i++) {
      before = session.cpu();
      Thread.sleep(LOOK);
    }
  }

  private static double ofOneEvent(Session session) throws IOException, InterruptedException {
    Result result = session.invoke(LambdaStage.scheduled());
    Thread.sleep(Duration.ofSeconds(1)); // The next is of another second, and news.
    return (result.answered().cpu() - result.handedOut().cpu()) / NANOS_PER_MILLI;
  }

  private static BenchRow row(String what, double[] own, String beside, double[] reference) {
    return new BenchRow(
        "cold", what, Figure.of(own), "ms of CPU", Figure.of(reference), beside, Optional.empty());
  }
}
