package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run as one HTML file that needs nothing else: how the fleets stood over time, what was seen and
 * decided and why, the calls. The file holds the run as JSON; its script shows all of it as text,
 * never as markup. It stays under 5 MB: the timeline and the samples are cut to size.
 */
public final class ReportPage {
  private static final String FOLDER = "page/";
  private static final List<String> SCRIPTS =
      List.of("time.js", "chart.js", "samples.js", "fleet.js", "track.js", "list.js", "summary.js");

  /** Samples of all fleets together; about 60 bytes each. */
  private static final int MOST_SAMPLES = 20_000;

  private static final int MOST_VIOLATIONS = 200;

  private ReportPage() {}

  /**
   * Writes the page; folders that are missing are made.
   *
   * @throws IOException when the file cannot be written
   */
  public static void write(Path file, Report report, Recording recording) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, of(report, recording));
  }

  /** The whole file. */
  static String of(Report report, Recording recording) throws IOException {
    String scripts = SCRIPTS.stream().map(ReportPage::part).collect(Collectors.joining("\n"));
    return part("page.html")
        .replace("/*STYLE*/", part("page.css"))
        .replace("/*SCRIPT*/", scripts)
        .replace("/*RUN*/", inScript(json(report, recording)));
  }

  /** Inside a script element only {@code <} could end it. */
  private static String inScript(ObjectNode json) {
    return json.toString().replace("<", "\\u003c");
  }

  static ObjectNode json(Report report, Recording recording) {
    ObjectNode page = report.toJson();
    page.put("length", recording.length().toSeconds());
    page.put("every", Recording.EVERY.toSeconds());
    PageTimeline.into(page, report.timeline());
    ArrayNode violations = page.withObject("/invariants").withArray("violations");
    page.put("violations", violations.size());
    while (violations.size() > MOST_VIOLATIONS) {
      violations.remove(violations.size() - 1);
    }
    List<FleetTrack> tracks = recording.tracks();
    for (int i = 0; i < tracks.size(); i++) {
      ObjectNode fleet = (ObjectNode) page.path("fleets").path(i);
      add(fleet, tracks.get(i), MOST_SAMPLES / Math.max(1, tracks.size()));
      ObjectNode names = fleet.putObject("names");
      recording.names(tracks.get(i).fleet()).forEach(names::put);
    }
    return page;
  }

  /** A sample is an array, in the order that fleet.js reads. */
  private static void add(ObjectNode fleet, FleetTrack track, int most) {
    track.bad().forEach(fleet.putArray("bad")::add);
    ArrayNode samples = fleet.putArray("samples");
    for (FleetSample sample : track.samples(most)) {
      ObjectNode byConfig = JsonNodeFactory.instance.objectNode();
      sample.byConfig().forEach(byConfig::put);
      samples
          .addArray()
          .add(sample.at().toSeconds())
          .add(sample.desired())
          .add(sample.healthy())
          .add(sample.extras())
          .add(Math.round(sample.unpromoted() * 1000) / 1000.0)
          .add(sample.registered())
          .add(sample.misregistered())
          .add(byConfig);
    }
  }

  private static String part(String name) {
    try (InputStream file = ReportPage.class.getResourceAsStream(FOLDER + name)) {
      return new String(
          Optional.ofNullable(file).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("the built classes lack " + name, broken);
    }
  }
}
