package dev.shepherd.local.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** docs/conformance.md, written from the rows. */
final class ConformancePage {
  private ConformancePage() {}

  static String of(List<Row> rows) {
    StringBuilder page = new StringBuilder(head(rows));
    areas(rows).forEach((area, of) -> {
      page.append("\n## ").append(area).append("\n\n");
      page.append("| AWS | local world | moto | who is right |\n|---|---|---|---|\n");
      of.forEach(row -> page.append(line(row)));
    });
    return page.toString();
  }

  private static Map<String, List<Row>> areas(List<Row> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(Row::area, LinkedHashMap::new, Collectors.toList()));
  }

  private static String head(List<Row> rows) {
    long differing = rows.stream().filter(row -> row.moto().isPresent()).count();
    return """
        # Conformance of the local world

        What AWS documents, and how it is answered here. `ConformanceTest` runs each of these %d rows with the real SDK's clients against
        the local world, where all must hold, and, where `SHEPHERD_MOTO_URL` is set as by `.ci/run`, against
        [moto](https://docs.getmoto.org/) %s, a second opinion by others. moto answers %d of them as AWS documents. Of the other %d the
        last column says who is right, and why; the test asserts that moto still differs, and in the way that was seen.

        Each row leads to the page that says so: the local world follows the documentation, and nothing here was run against AWS itself.
        The page is written from the rows by `./shepherd test -pl shared,functions,local -Dtest=ConformanceTest
        -Dsurefire.failIfNoSpecifiedTests=false -Dshepherd.golden=write`, and the test fails where it is not what they say.

        ## What the local world leaves out

        - Operations that Shepherd has no use for: they are UnknownOperationException, not an answer that is made up.
        - What AWS leaves to chance or to time without saying how much: TooManyUpdates, pages that are shorter than asked for, the order of
          DiscoverInstances, the up to 10 minutes in which an INACTIVE revision may still start tasks, the 30 seconds to wait before a
          deleted parameter is made anew. Stale reads, throttling and server errors are there when asked for ([scenarios](scenarios.md)).
        - Parameter policies and data types, numbers of resources (10,000 parameters), task sets, Service Connect, Route 53's own health
          checks, and DNS.
        """.formatted(rows.size(), MotoSide.VERSION, rows.size() - differing, differing);
  }

  private static String line(Row row) {
    String moto = row.moto().isPresent() ? "differs" : "as AWS";
    String verdict = row.moto().map(Row.Difference::verdict).orElse("");
    return "| [%s](%s) | as AWS | %s | %s |\n"
        .formatted(cell(row.name()), row.source(), moto, cell(verdict));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("[", "\\[").replace("]", "\\]");
  }
}
