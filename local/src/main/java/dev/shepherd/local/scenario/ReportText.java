package dev.shepherd.local.scenario;

import dev.shepherd.local.invariant.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people: the timeline, then how each fleet stands, then what it took. */
public final class ReportText {
  private static final int WIDTH = 118;
  private static final int HANGING = 2;

  private ReportText() {}

  /** The whole text, ending in a line break. */
  public static String of(Report report) {
    return "Timeline of "
        + report.scenario()
        + " (virtual time)\n\n"
        + timeline(report.timeline())
        + "\nFleets at the end\n\n"
        + report.fleets().stream().map(ReportText::fleet).collect(Collectors.joining("\n"))
        + "\nWhat it took\n\n"
        + effort(report);
  }

  /** A blank line stands before each step of the scenario. */
  private static String timeline(List<TimelineEntry> entries) {
    int widest = entries.stream()
        .mapToInt(entry -> shortName(entry.subject()).length())
        .max()
        .orElse(0);
    StringBuilder text = new StringBuilder();
    for (TimelineEntry entry : entries) {
      boolean step =
          entry.kind() == TimelineEntry.Kind.WORLD && entry.function().isEmpty();
      text.append(step && !text.isEmpty() ? "\n" : "").append(entry(entry, widest));
    }
    return text.toString();
  }

  /** One entry: time, kind, subject, what and why, within the page's width. */
  private static String entry(TimelineEntry entry, int subjectWidth) {
    String subject = shortName(entry.subject());
    String head = "  %s  %-8s  %s  "
        .formatted(
            time(entry.at()), entry.kind(), subject + " ".repeat(subjectWidth - subject.length()));
    String said = entry.reason().isEmpty() ? entry.text() : entry.text() + ": " + entry.reason();
    return paragraph(head, said);
  }

  /** A text beside its head, within the page's width; further lines hang. */
  private static String paragraph(String head, String said) {
    List<String> lines = wrap(said, WIDTH - head.length() - HANGING);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? head : " ".repeat(head.length() + HANGING))
          .append(lines.get(i))
          .append('\n');
    }
    return text.toString();
  }

  private static String fleet(FleetReport fleet) {
    StringBuilder text = new StringBuilder("  " + fleet.config() + "\n");
    text.append("    live ").append(fleet.live().orElse("unknown"));
    fleet.previous().ifPresent(hash -> text.append(", before it ").append(hash));
    text.append(", ").append(fleet.phase()).append('\n');
    fleet.held().ifPresent(why -> text.append(paragraph("    ", "held: " + why)));
    fleet
        .quarantined()
        .forEach(each ->
            text.append(paragraph("    ", "quarantined: " + each.hash() + ", " + each.reason())));
    fleet.rejected().ifPresent(why -> text.append(paragraph("    ", why)));
    TextTable table =
        new TextTable("service", "desired", "running", "healthy", "tasks by config hash");
    for (ServiceReport service : fleet.services()) {
      table.row(
          service.name(),
          service.desired(),
          service.running(),
          service.healthy(),
          byConfig(service.byConfig()));
    }
    return text + table.render().indent(2);
  }

  private static String byConfig(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String effort(Report report) {
    TextTable calls = new TextTable("AWS call", "times");
    report.calls().forEach(calls::row);
    calls.row(
        "all", report.calls().values().stream().mapToInt(Integer::intValue).sum());
    TextTable invocations = new TextTable("Lambda function", "invocations");
    report.invocations().forEach(invocations::row);
    return calls.render()
        + "\n"
        + invocations.render()
        + "\n  "
        + report.restarts()
        + " tasks were stopped and replaced; %d calls were throttled.\n"
            .formatted(report.throttled())
        + "  Task-minutes on a bad config %.1f, without a collector %.1f, unavailable by Shepherd %.1f.\n"
            .formatted(
                report.taskMinutes().onBadConfig(),
                report.taskMinutes().withoutCollector(),
                report.taskMinutes().unavailableByShepherd())
        + invariants(report);
  }

  private static String invariants(Report report) {
    StringBuilder text = new StringBuilder();
    if (report.invariants().checked() > 0) {
      text.append("  %d checks of the invariants, %d violations.\n"
          .formatted(
              report.invariants().checked(), report.invariants().violations().size()));
    }
    for (Violation each : report.invariants().violations()) {
      String head = "  %s  invariant %d  ".formatted(time(each.at()), each.invariant());
      text.append(paragraph(head, each.detail()));
    }
    return text.toString();
  }

  /** Hours, minutes and seconds. */
  static String time(Duration at) {
    return "%02d:%02d:%02d".formatted(at.toHours(), at.toMinutesPart(), at.toSecondsPart());
  }

  private static String shortName(String subject) {
    return subject.substring(subject.lastIndexOf('/') + 1);
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
