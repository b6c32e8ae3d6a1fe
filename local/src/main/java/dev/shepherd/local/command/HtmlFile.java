package dev.shepherd.local.command;

import dev.shepherd.local.scenario.Recording;
import dev.shepherd.local.scenario.Report;
import dev.shepherd.local.scenario.ReportPage;
import java.io.IOException;
import java.nio.file.Path;

/** The file that {@code --html} names. */
final class HtmlFile {
  private HtmlFile() {}

  /** Writes the run's page; a place where that cannot be is a {@link UsageException}. */
  static void write(Path file, Report report, Recording recording) {
    try {
      ReportPage.write(file, report, recording);
    } catch (IOException unwritable) {
      throw new UsageException(
          "--html " + file + " cannot be written: " + unwritable.getClass().getSimpleName());
    }
  }
}
