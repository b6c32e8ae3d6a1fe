package dev.shepherd.local.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
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

  /**
   * The document; {@code goal} is null where there is none. What has a spread has two more rows,
   * the lowest and the highest that either side was.
   */
  public ObjectNode json() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("machine", machine).put("date", date.toString());
    ArrayNode list = document.putArray("rows");
    for (BenchRow row : rows) {
      ObjectNode median =
          add(list, row, row.scenario(), row.value().median(), row.reference().median());
      row.goal().ifPresent(goal -> median.put("goal", goal.most()));
      if (row.value().hasSpread() || row.reference().hasSpread()) {
        String named = row.scenario();
        add(list, row, named + ", lowest", row.value().lowest(), row.reference().lowest());
        add(
            list,
            row,
            named + ", highest",
            row.value().highest(),
            row.reference().highest());
      }
    }
    return document;
  }

  private static ObjectNode add(
      ArrayNode list, BenchRow row, String scenario, double value, double reference) {
    return list.addObject()
        .put("bench", row.bench())
        .put("case", scenario)
        .put("value", rounded(value))
        .put("unit", row.unit())
        .put("reference", rounded(reference))
        .put("referenceName", row.referenceName())
        .put("ratio", rounded(BenchRow.ratio(value, reference)))
        .putNull("goal");
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
              ratio(row),
              goal(row)));
    }
    return text.toString();
  }

  private static String goal(BenchRow row) {
    return row.goal()
        .map(goal -> switch (goal.of()) {
          case VALUE -> "≤ " + figure(goal.most()) + " " + row.unit();
          case RATIO -> "≤ " + figure(goal.most()) + " ×";
        })
        .map(bound -> bound + (row.isMissed() ? ": missed" : ": met"))
        .orElse("");
  }

  private static String ratio(BenchRow row) {
    return row.reference().median() == 0 ? "" : figure(row.ratio());
  }

  private static String figure(Figure figure) {
    String median = figure(figure.median());
    return figure.hasSpread()
        ? median + " (" + figure(figure.lowest()) + "–" + figure(figure.highest()) + ")"
        : median;
  }

  private static String figure(double number) {
    boolean whole = number == Math.rint(number);
    String form = whole || number >= 100 ? "%,.0f" : number < 0.1 ? "%.4f" : "%.2f";
    return String.format(Locale.ROOT, form, number);
  }

  private static double rounded(double number) {
    return Math.round(number * 100_000) / 100_000.0;
  }
}
