package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  static final String HOSTILE = "</script><img src=x onerror=\"window.broken=1\"><!-- '\u2028 {{";

  /** A run, and a page of it whose timeline is as long as is asked for and tries to break out. */
  record Run(Report report, Recording recording) {
    static Run play(String more) throws IOException {
      Scenario scenario = Scenario.parse("""
          seed: 3
          duration: 40m
          clusters: [c]
          fleets:
            - config: /collectors/g
              file: gateway.yaml
              services: [{name: gate, pattern: service, tasks: 4}]
          """ + more, "s.yaml", Path.of("../examples/demo"));
      Simulation simulation = new Simulation(scenario, Path.of("../template.yaml"), Instant.EPOCH);
      Recording recording = simulation.record();
      return new Run(simulation.run(), recording);
    }

    Run withEntries(int entries, String text) {
      List<TimelineEntry.Kind> kinds = List.of(TimelineEntry.Kind.values());
      List<TimelineEntry> timeline = IntStream.range(0, entries)
          .mapToObj(i -> new TimelineEntry(
              Duration.ofSeconds(2400L * i / entries),
              kinds.get(i % kinds.size()),
              "ConfigRollout",
              "gate",
              i % 7 + text,
              i + ": " + text))
          .toList();
      return new Run(
          new Report(
              HOSTILE,
              report.seed(),
              report.controller(),
              report.converged(),
              report.convergedAt(),
              report.fleets(),
              report.taskMinutes(),
              report.restarts(),
              report.calls(),
              report.throttled(),
              report.invocations(),
              report.invariants(),
              timeline),
          recording);
    }

    String page() throws IOException {
      return ReportPage.of(report, recording);
    }
  }

  private static final String EDIT =
      "steps: [{at: 5m, put: /collectors/g, file: gateway-amp.yaml}]";

  private static JsonNode data(String page) throws IOException {
    String begin = "<script type=\"application/json\" id=\"run\">";
    int from = page.indexOf(begin) + begin.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  @Test
  void showsEachChangeOfAFleet() throws IOException {
    Run run = Run.play(EDIT);
    JsonNode fleet = data(run.page()).path("fleets").path(0);
    JsonNode last = fleet.path("samples").path(fleet.path("samples").size() - 1);
    String live = fleet.path("live").asText();
    assertThat(fleet.path("names").path(live).asText()).isEqualTo("gateway-amp.yaml");
    assertThat(last.path(1).asInt()).as("desired").isEqualTo(4);
    assertThat(last.path(2).asInt()).as("healthy").isEqualTo(4);
    assertThat(last.path(5).asInt()).as("registered").isEqualTo(4);
    assertThat(last.path(6).asInt()).as("wrong").isZero();
    assertThat(last.path(7).toString()).isEqualTo("{\"" + live + "\":4}");
    assertThat(fleet.path("samples"))
        .as("a canary beside the others")
        .anyMatch(sample -> sample.path(3).asInt() > 0 && sample.path(4).asDouble() > 0);
    assertThat(fleet.path("samples").path(0).path(2).asInt())
        .as("healthy at first")
        .isZero();
  }

  @Test
  void changesNothingOfTheReport() throws IOException {
    Scenario demo = Demo.scenario(Path.of(".."));
    Report without = Demo.simulation(demo, Path.of(".."), Demo.START).run();
    assertThat(Demo.play(Path.of("..")).report().toJson().toString())
        .isEqualTo(without.toJson().toString());
  }

  @Test
  void holdsTextsAsTextsAndNeedsNothingElse() throws IOException {
    String page = Run.play("").withEntries(3, HOSTILE).page();
    assertThat(data(page).path("scenario").asText()).isEqualTo(HOSTILE);
    assertThat(page)
        .doesNotContain("<img", "https://", "src=\"", "<link rel=\"stylesheet", "@import", "fetch(")
        .containsOnlyOnce("</html>");
    assertThat(page.split("</script>", -1)).hasSize(3);
  }

  @Test
  void staysUnderFiveMegabytesHoweverLongTheTimeline() throws IOException {
    Run run = Run.play("");
    String text = "x".repeat(300);
    String shown = run.withEntries(10_000, "the reason, as long as most").page();
    assertThat(data(shown).path("timeline")).hasSize(10_000);
    assertThat(data(shown).path("more").asInt()).isZero();
    String cut = run.withEntries(100_000, text).page();
    assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThan(5_000_000);
    assertThat(data(cut).path("more").asInt())
        .isEqualTo(100_000 - data(cut).path("timeline").size())
        .isPositive();
  }

  @Test
  void keepsFewSamplesAndTheWorstOfThoseThatFallTogether() {
    FleetTrack track = new FleetTrack(new FleetSpec("/collectors/g", "", false, List.of()), 100);
    for (int i = 0; i <= 10_000; i++) {
      track.add(sample(i, i == 7_777 ? 1 : 8 + i % 2));
      track.add(sample(i, i == 7_777 ? 1 : 8 + i % 2));
    }
    List<FleetSample> samples = track.samples(50);
    assertThat(samples)
        .hasSizeBetween(20, 50)
        .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    assertThat(samples.getFirst().at()).isZero();
    assertThat(samples.getLast()).isEqualTo(sample(10_000, 8));
    assertThat(samples).filteredOn(each -> each.healthy() == 1).hasSize(1);
  }

  private static FleetSample sample(int at, int healthy) {
    return new FleetSample(
        Duration.ofSeconds(at), new TreeMap<>(Map.of("aaaaaaaaaaaa", 10)), 10, healthy, 0, 0, 0, 0);
  }
}
