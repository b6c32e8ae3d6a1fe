package dev.shepherd.local.command;

import dev.shepherd.local.scenario.Controller;
import dev.shepherd.local.scenario.Recording;
import dev.shepherd.local.scenario.Report;
import dev.shepherd.local.scenario.ReportText;
import dev.shepherd.local.scenario.Scenario;
import dev.shepherd.local.scenario.ScenarioError;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plays a scenario on a local AWS and reports what came of it. */
final class SimulateCommand implements Command {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  private static final List<String> LATER = List.of("--random");

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    refuseLater(arguments);
    Arguments parsed = Arguments.parse(
        arguments, Set.of("--seed", "--seeds", "--controller", "--html"), Set.of("--json"));
    if (parsed.rest().size() != 1) {
      throw new UsageException("name one scenario file; --help says more");
    }
    if (parsed.value("--html").isPresent() && parsed.value("--seeds").isPresent()) {
      throw new UsageException("--html shows one run; name one --seed");
    }
    Controller controller = controller(parsed);
    parsed.value("--seed").ifPresent(Seeds::one);
    parsed.value("--seeds").ifPresent(Seeds::range);
    try {
      Scenario scenario = Scenario.read(Path.of(parsed.rest().getFirst()));
      return parsed.value("--seeds").isPresent()
          ? playAll(parsed, scenario, controller, out)
          : playOne(parsed, scenario, controller, out);
    } catch (ScenarioError wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  private static void refuseLater(List<String> arguments) {
    arguments.stream()
        .map(argument -> argument.split("=", 2)[0])
        .filter(LATER::contains)
        .findFirst()
        .ifPresent(option -> {
          throw new UsageException(option + " is not supported yet");
        });
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

  private static int playOne(
      Arguments parsed, Scenario scenario, Controller controller, PrintStream out)
      throws IOException {
    Simulation simulation = simulation(
        parsed.value("--seed").map(Seeds::one).map(scenario::withSeed).orElse(scenario),
        controller);
    Optional<String> html = parsed.value("--html");
    Optional<Recording> recording = html.map(_ -> simulation.record());
    Report report = simulation.run();
    if (html.isPresent()) {
      HtmlFile.write(Path.of(html.get()), report, recording.orElseThrow());
    }
    if (parsed.has("--json")) {
      out.println(report.toJson().toPrettyString());
    } else {
      out.print(ReportText.of(report));
      out.println(report.converged() ? "\nEvery fleet converged." : "\nNot every fleet converged.");
    }
    return report.isGood() ? 0 : 1;
  }

  /** One line, or one element of the array, for each seed as it ends. */
  private static int playAll(
      Arguments parsed, Scenario scenario, Controller controller, PrintStream out)
      throws IOException {
    if (parsed.value("--seed").isPresent()) {
      throw new UsageException("name --seed or --seeds, not both");
    }
    boolean json = parsed.has("--json");
    int worst = 0;
    Iterator<Long> seeds =
        Seeds.range(parsed.value("--seeds").orElseThrow()).all().iterator();
    String before = "[";
    while (seeds.hasNext()) {
      Report report = simulation(scenario.withSeed(seeds.next()), controller).run();
      out.println(json ? before + report.toJson().toPrettyString() : line(report));
      before = ",";
      worst = Math.max(worst, report.isGood() ? 0 : 1);
    }
    if (json) {
      out.println("]");
    }
    return worst;
  }

  private static String line(Report report) {
    return "seed %d: %s, %d restarts, %d violations"
        .formatted(
            report.seed(),
            report.converged() ? "converged" : "not converged",
            report.restarts(),
            report.invariants().violations().size());
  }

  private static Simulation simulation(Scenario scenario, Controller controller)
      throws IOException {
    Path root = Path.of(System.getProperty("shepherd.root", "."));
    return new Simulation(scenario, root.resolve("template.yaml"), START, controller);
  }
}
