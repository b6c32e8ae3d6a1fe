package dev.shepherd.local.command;

import dev.shepherd.local.scenario.Demo;
import dev.shepherd.local.scenario.ReportText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Plays the demo scenario and says whether every fleet ended as it should. */
final class DemoCommand implements Command {
  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    Arguments parsed = Arguments.parse(arguments, Set.of(), Set.of());
    if (!parsed.rest().isEmpty()) {
      throw new UsageException("demo takes no arguments");
    }
    Demo.Outcome outcome = Demo.play(Path.of(System.getProperty("shepherd.root", ".")));
    out.print(ReportText.of(outcome.report()));
    out.println();
    outcome.missed().forEach(miss -> out.println("Not as it should be: " + miss));
    if (outcome.missed().isEmpty()) {
      out.println("Every fleet ended as it should.");
    }
    return outcome.missed().isEmpty() ? 0 : 1;
  }
}
