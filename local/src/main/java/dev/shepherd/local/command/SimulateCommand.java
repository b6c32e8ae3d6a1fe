package dev.shepherd.local.command;

import dev.shepherd.local.scenario.Report;
import dev.shepherd.local.scenario.ReportText;
import dev.shepherd.local.scenario.Scenario;
import dev.shepherd.local.scenario.ScenarioError;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plays a scenario on a local AWS and reports what came of it. */
final class SimulateCommand implements Command {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  private static final List<String> LATER = List.of("--random", "--seeds", "--html");

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    refuseLater(arguments);
    Arguments parsed =
        Arguments.parse(arguments, Set.of("--seed", "--controller"), Set.of("--json"));
    parsed.value("--controller").filter(name -> !name.equals("shepherd")).ifPresent(name -> {
      throw new UsageException("--controller " + name + " is not supported yet");
    });
    if (parsed.rest().size() != 1) {
      throw new UsageException("name one scenario file; --help says more");
    }
    Report report = play(Path.of(parsed.rest().getFirst()), parsed.value("--seed"));
    if (parsed.has("--json")) {
      out.println(report.toJson().toPrettyString());
    } else {
      out.print(ReportText.of(report));
      out.println(report.converged() ? "\nEvery fleet converged." : "\nNot every fleet converged.");
    }
    return report.converged() ? 0 : 1;
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

  private static Report play(Path file, Optional<String> seed) throws IOException {
    Path root = Path.of(System.getProperty("shepherd.root", "."));
    try {
      Scenario read = Scenario.read(file);
      Scenario scenario = seed.map(SimulateCommand::number).map(read::withSeed).orElse(read);
      return new Simulation(scenario, root.resolve("template.yaml"), START).run();
    } catch (ScenarioError wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  private static long number(String seed) {
    try {
      return Long.parseLong(seed);
    } catch (NumberFormatException notOne) {
      throw new UsageException("--seed takes a whole number, got " + seed);
    }
  }
}
