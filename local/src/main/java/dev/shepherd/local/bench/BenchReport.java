package dev.shepherd.local.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * The figures of one run, as JSON and as the README's table.
 *
 * @param machine what they were measured on
 * @param date the day, in UTC
 */
public record BenchReport(String machine, LocalDate date, List<BenchRow> rows) {
  public BenchReport {
    rows = List.copyOf(rows);
  }

  /** What this process runs on. */
  public static String thisMachine() {
    return "%d cores, %s, %s, JDK %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version().feature());
  }

  /** Whether a goal is missed. */
  public boolean isMissed() {
    return rows.stream().anyMatch(BenchRow::isMissed);
  }

  /** The document; {@code goal} is null where there is none. */
  public ObjectNode json() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("machine", machine).put("date", date.toString());
    var list = document.putArray("rows");
    for (BenchRow row : rows) {
      ObjectNode node = list.addObject()
          .put("bench", row.bench())
          .put("case", row.scenario())
          .put("value", rounded(row.value()))
          .put("unit", row.unit())
          .put("reference", rounded(row.reference()))
          .put("referenceName", row.referenceName())
          .put("ratio", rounded(row.ratio()));
      row.goal().ifPresentOrElse(goal -> node.put("goal", goal), () -> node.putNull("goal"));
    }
    return document;
  }

  /** The table, in Markdown. */
  public String text() {
    StringBuilder text = new StringBuilder(machine).append(", ").append(date).append("\n\n");
    text.append("| bench | case | value | beside it | ratio | goal |\n|---|---|---|---|---|---|\n");
    for (BenchRow row : rows) {
      text.append("| %s | %s | %s %s | %s: %s | %s | %s |%n"
          .formatted(
              row.bench(),
              row.scenario(),
              figure(row.value()),
              row.unit(),
              row.referenceName(),
              figure(row.reference()),
              figure(row.ratio()),
              goal(row)));
    }
    return text.toString();
  }

  private static String goal(BenchRow row) {
    if (row.goal().isEmpty()) {
      return "";
    }
    return "≤ " + figure(row.goal().getAsDouble()) + (row.isMissed() ? ": missed" : ": met");
  }

  private static String figure(double number) {
    return String.format(Locale.ROOT, number < 100 ? "%.2f" : "%.0f", number);
  }

  private static double rounded(double number) {
    return Math.round(number * 1_000) / 1_000.0;
  }
}
