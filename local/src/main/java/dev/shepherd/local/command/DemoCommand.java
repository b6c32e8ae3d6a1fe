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
    Arguments parsed = Arguments.parse(arguments, Set.of("--html"), Set.of());
    if (!parsed.rest().isEmpty()) {
      throw new UsageException("demo takes no arguments");
    }
    Path root = Path.of(System.getProperty("shepherd.root", "."));
    Path page = parsed.value("--html").map(Path::of).orElse(root.resolve("target/demo.html"));
    Demo.Outcome outcome = Demo.play(root);
    out.print(ReportText.of(outcome.report()));
    out.println();
    outcome.missed().forEach(miss -> out.println("Not as it should be: " + miss));
    if (outcome.missed().isEmpty()) {
      out.println("Every fleet ended as it should.");
    }
    HtmlFile.write(page, outcome.report(), outcome.recording());
    out.println("The page of this run: " + page.toAbsolutePath().normalize());
    return outcome.missed().isEmpty() ? 0 : 1;
  }
}
