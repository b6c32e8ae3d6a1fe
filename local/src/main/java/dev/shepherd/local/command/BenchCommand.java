package dev.shepherd.local.command;

import dev.shepherd.local.bench.Bench;
import dev.shepherd.local.bench.BenchReport;
import dev.shepherd.local.bench.BenchRow;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures, beside what each figure is compared with, and says whether the goals are met. */
final class BenchCommand implements Command {
  @Override
  public int run(List<String> arguments, PrintStream out) {
    Arguments parsed = Arguments.parse(arguments, Set.of(), Set.of("--json", "--write"));
    Path root = Path.of(System.getProperty("shepherd.root", "."));
    Map<String, Bench> all = Bench.all(root);
    Optional<BenchTable> table = table(parsed, root);
    Set<String> names = new LinkedHashSet<>(parsed.rest().isEmpty() ? all.keySet() : parsed.rest());
    if (!all.keySet().containsAll(names)) {
      throw new UsageException("name benches among: " + String.join(", ", all.keySet()));
    }
    List<BenchRow> rows = new ArrayList<>();
    all.forEach((name, bench) -> {
      if (names.contains(name)) {
        rows.addAll(bench.run(line -> System.err.println("shepherd bench: " + line)));
      }
    });
    BenchReport report =
        new BenchReport(BenchReport.thisMachine(), LocalDate.now(ZoneOffset.UTC), rows);
    out.print(parsed.has("--json") ? report.json().toPrettyString() + "\n" : report.text());
    table.ifPresent(each -> each.write(report.text()));
    return report.isMissed() ? 1 : 0;
  }

  /** Where it is to be written; read before anything is measured, which takes minutes. */
  private static Optional<BenchTable> table(Arguments parsed, Path root) {
    if (!parsed.has("--write")) {
      return Optional.empty();
    }
    if (!parsed.rest().isEmpty()) {
      throw new UsageException("--write measures all: the table is of one run; name no bench");
    }
    return Optional.of(BenchTable.in(root.resolve("README.md")));
  }
}
