package dev.shepherd.local.command;

import dev.shepherd.local.scenario.Campaign;
import dev.shepherd.local.scenario.Controller;
import dev.shepherd.local.scenario.Report;
import dev.shepherd.local.scenario.ReportText;
import dev.shepherd.local.scenario.Scenario;
import dev.shepherd.local.scenario.ScenarioError;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Plays a scenario, or scenarios drawn from seeds, on a local AWS and reports what came of it. */
final class SimulateCommand implements Command {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  private static final Set<String> VALUES = Set.of("--seed", "--seeds", "--controller", "--html");

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    Arguments parsed = Arguments.parse(arguments, VALUES, Set.of("--json", "--random"));
    boolean random = parsed.has("--random");
    if (parsed.rest().size() != (random ? 0 : 1)) {
      throw new UsageException("name one scenario file, or --random and none; --help says more");
    }
    if (parsed.value("--seed").isPresent() && parsed.value("--seeds").isPresent()) {
      throw new UsageException("name --seed or --seeds, not both");
    }
    Optional<Path> html = parsed.value("--html").map(Path::of);
    if (html.isPresent() && parsed.value("--seeds").isPresent()) {
      throw new UsageException("--html shows one run; name one --seed");
    }
    Optional<Long> seed = parsed.value("--seed").map(Seeds::one);
    Optional<Seeds> seeds = parsed.value("--seeds").map(Seeds::range);
    Controller controller = controller(parsed);
    boolean json = parsed.has("--json");
    try {
      SeededPlay play = random
          ? new RandomPlay(
              new Campaign(template(), START, controller), controller, System.err, html)
          : file(Scenario.read(Path.of(parsed.rest().getFirst())), controller, html);
      return seeds.isPresent()
          ? playAll(seeds.get(), play, json, out)
          : tell(play.play(seed), json, out);
    } catch (ScenarioError wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  private static Path template() {
    return Path.of(System.getProperty("shepherd.root", ".")).resolve("template.yaml");
  }

  private static Controller controller(Arguments parsed) {
    String name = parsed.value("--controller").orElse(Controller.SHEPHERD.toString());
    return Controller.named(name)
        .orElseThrow(() -> new UsageException("--controller is one of "
            + Arrays.stream(Controller.values())
                .map(Controller::toString)
                .collect(Collectors.joining(", "))
            + ", got "
            + name));
  }

  private static SeededPlay file(Scenario scenario, Controller controller, Optional<Path> html) {
    return seed -> {
      try {
        Scenario seeded = seed.map(scenario::withSeed).orElse(scenario);
        Simulation simulation = new Simulation(seeded, template(), START, controller);
        return HtmlFile.of(html, simulation, Simulation::run);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    };
  }

  private static int tell(Report report, boolean json, PrintStream out) {
    if (json) {
      out.println(report.toJson().toPrettyString());
    } else {
      out.print(ReportText.of(report));
      out.println(report.converged() ? "\nEvery fleet converged." : "\nNot every fleet converged.");
    }
    return report.isGood() ? 0 : 1;
  }

  /**
   * One line, or one element of the array, for each seed, in their order; as many are played at
   * once as there are processors.
   */
  private static int playAll(Seeds seeds, SeededPlay play, boolean json, PrintStream out) {
    boolean[] failed = new boolean[1];
    String[] before = {"["};
    LongStream all = seeds.all();
    LongStream played = Runtime.getRuntime().availableProcessors() > 1 ? all.parallel() : all;
    played.mapToObj(seed -> play.play(Optional.of(seed))).forEachOrdered(report -> {
      out.println(json ? before[0] + report.toJson().toPrettyString() : line(report));
      before[0] = ",";
      failed[0] |= !report.isGood();
    });
    if (json) {
      out.println("]");
    }
    return failed[0] ? 1 : 0;
  }

  private static String line(Report report) {
    return "seed %d: %s, %d restarts, %d violations"
        .formatted(
            report.seed(),
            report.converged() ? "converged" : "not converged",
            report.restarts(),
            report.invariants().violations().size());
  }
}
