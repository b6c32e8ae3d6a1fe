package dev.shepherd.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.scenario.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The collectors of all app tasks exit at once, and each raises an event: what Shepherd's functions
 * make of them until their queues are empty, beside {@link EachEventAlone}.
 */
final class StormBench implements Bench {
  private static final List<Integer> APP_TASKS = List.of(1_000, 10_000);
  private static final String REFERENCE = "one invocation per event";

  /** When the schedule's run, which reads at its pace, is over even for 10,000 tasks. */
  private static final Duration STORM = Duration.ofMinutes(20).plusSeconds(50);

  private final Path root;

  StormBench(Path root) {
    this.root = root;
  }

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    List<BenchRow> rows = new ArrayList<>();
    for (int tasks : APP_TASKS) {
      progress.accept("storm: %,d events at once …".formatted(tasks));
      rows.addAll(measure(new SampleFleets(tasks)));
    }
    return rows;
  }

  List<BenchRow> measure(SampleFleets fleets) {
    List<BenchRow> rows = new ArrayList<>();
    Simulation simulation = fleets.simulation(root, kills(fleets));
    EachEventAlone alone = new EachEventAlone(simulation.world());
    List<JsonNode> events = new ArrayList<>();
    simulation.world().events().subscribe(event -> {
      if (EachEventAlone.matters(event)) {
        events.add(event);
      }
    });
    Instant storm = SampleFleets.START.plus(STORM);
    simulation.runTo(storm.minusSeconds(1));
    Counts before = Counts.of(simulation);
    Duration drained = drain(simulation, storm);
    Counts made = Counts.of(simulation).since(before);
    events.forEach(alone::handle);

    int pages = Math.ceilDiv(fleets.services(), 100);
    int looks = made.callsOf("TaskReplacement", "ecs:ListServices") / pages;
    String what = "%,d events: ".formatted(events.size());
    rows.add(BenchRow.counted(
        "storm", what + "invocations", made.runs(), "of all functions", events.size(), REFERENCE));
    rows.add(BenchRow.counted(
            "storm", what + "API calls", made.calls(), "calls", alone.calls(), REFERENCE)
        .within(Goal.ratio(0.1)));
    rows.add(BenchRow.counted(
            "storm",
            what + "reconciles of each service",
            looks,
            "reconciles",
            made.runsOf("TaskReplacement"),
            "batches")
        .within(Goal.ratio(1)));
    rows.add(BenchRow.counted(
        "storm",
        what + "until the queues are empty",
        drained.toMillis() / 1_000.0,
        "virtual s",
        alone.secondsAtAwsRates(),
        REFERENCE + ", as AWS's rates allow its calls"));
    return rows;
  }

  private static String kills(SampleFleets fleets) {
    return IntStream.range(0, fleets.appTasks() / SampleFleets.OF_SERVICE)
        .mapToObj(i -> "  - {at: %ds, kill: {service: app-%03d, container: collector, tasks: %d}}\n"
            .formatted(STORM.toSeconds(), i, SampleFleets.OF_SERVICE))
        .collect(Collectors.joining());
  }

  /** Lets time pass until every event is handled; how long that took. */
  private static Duration drain(Simulation simulation, Instant storm) {
    Instant time = storm.plusMillis(100);
    simulation.runTo(time);
    while (simulation.messagesWaiting() > 0) {
      time = time.plusMillis(100);
      simulation.runTo(time);
    }
    return Duration.between(storm, simulation.now());
  }
}
