package dev.shepherd.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The table of figures in a Markdown file, between two comments that stand on lines of their own.
 *
 * @param before the file's text up to the table
 * @param after the rest, from the second comment on
 */
record BenchTable(Path file, String before, String after) {
  private static final String BEGIN = "\n<!-- bench";
  private static final String END = "\n<!-- /bench -->";

  /** Finds it; a file without it is a {@link UsageException}. */
  static BenchTable in(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      throw new UsageException("--write: " + file + " cannot be read");
    }
    int begin = text.indexOf(BEGIN);
    int table = begin < 0 ? -1 : text.indexOf('\n', begin + 1);
    int end = table < 0 ? -1 : text.indexOf(END, table);
    if (end < 0) {
      throw new UsageException(
          "--write: " + file + " has no lines <!-- bench … --> and <!-- /bench -->");
    }
    return new BenchTable(file, text.substring(0, table), text.substring(end));
  }

  /** Writes another one in its place. */
  void write(String table) {
    try {
      Files.writeString(file, before + "\n" + table.strip() + "\n" + after);
    } catch (IOException unwritable) {
      throw new UsageException("--write: " + file + " cannot be written");
    }
  }
}
