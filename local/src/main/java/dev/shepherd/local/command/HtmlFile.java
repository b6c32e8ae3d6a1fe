package dev.shepherd.local.command;

import dev.shepherd.local.scenario.Recording;
import dev.shepherd.local.scenario.Report;
import dev.shepherd.local.scenario.ReportPage;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The file that {@code --html} names. */
final class HtmlFile {
  private HtmlFile() {}

  /** Plays a run, and writes its page where a file is named for it. */
  static Report of(Optional<Path> file, Simulation simulation, Function<Simulation, Report> play) {
    Optional<Recording> recording = file.map(_ -> simulation.record());
    Report report = play.apply(simulation);
    recording.ifPresent(each -> write(file.orElseThrow(), report, each));
    return report;
  }

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
