package dev.shepherd.local.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in aligned columns; a column whose cells are all numbers stands to the right. */
final class TextTable {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row with as many cells as the header has. */
  void row(Object... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "a row needs " + header.size() + " cells, got " + cells.length);
    }
    rows.add(IntStream.range(0, cells.length).mapToObj(i -> cells[i].toString()).toList());
  }

  String render() {
    StringBuilder text = new StringBuilder();
    line(text, header);
    line(
        text,
        IntStream.range(0, header.size()).mapToObj(i -> "─".repeat(width(i))).toList());
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells) {
    StringBuilder line = new StringBuilder("  ");
    for (int i = 0; i < cells.size(); i++) {
      String pad = " ".repeat(width(i) - cells.get(i).length());
      line.append(isNumeric(i) ? pad + cells.get(i) : cells.get(i) + pad).append("  ");
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(widest, header.get(column).length());
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).matches("\\d+"));
  }
}
