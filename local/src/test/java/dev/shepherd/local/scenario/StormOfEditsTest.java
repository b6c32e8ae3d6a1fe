package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios with canaries in which much goes wrong at once: safe at each step, and well after. */
class StormOfEditsTest {
  private static final String FLEET =
      "  - config: /collectors/gateway\n    text: |\n" + Stand.GOOD.indent(6) + """
          services:
            - {name: gate, pattern: service, tasks: 6}
            - {name: side, pattern: sidecar, tasks: 2}
            - {name: large, pattern: sidecar, tasks: 6}
      """;
  private static final String POLICY = "policy: {bakeMinutes: 2, probeSeconds: 30}\n";

  private static String put(String at, String text) {
    return "  - {at: " + at + ", put: /collectors/gateway, text: \""
        + text.replace("\"", "\\\"").replace("\n", "\\n") + "\"}\n";
  }

  private static Report play(String duration, String faults, String steps) throws IOException {
    Scenario scenario = Scenario.parse(
        "seed: 5\nduration: " + duration + "\nclusters: [prod]\n" + POLICY + faults + "fleets:\n"
            + FLEET + "steps:\n" + steps,
        "s.yaml",
        Path.of(".."));
    return new Simulation(
            scenario, Path.of("../template.yaml"), Instant.parse("2026-05-11T09:00:00Z"))
        .run();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void bearsAnEditEveryHalfMinuteForAnHour(String faults) throws IOException {
    String edits = IntStream.range(0, 120)
        .mapToObj(edit -> put(300 + 30 * edit + "s", Stand.config(Integer.toString(5000 + edit))))
        .collect(Collectors.joining());
    isWell(play("110m", faults, edits + "  - {at: 66m, faults: \"off\"}\n"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void bearsABadEditBetweenTwoGoodOnes(String faults) throws IOException {
    String bad = Stand.config("6000");
    Report report = play(
        "130m",
        faults,
        put("5m", Stand.BETTER) + put("40m", bad)
            + "  - {at: 40m, behave: {fleet: /collectors/gateway, config: latest,"
            + " collector: crash, after: 100s}}\n"
            + put("75m", Stand.config("6001"))
            + "  - {at: 100m, faults: \"off\"}\n");
    isWell(report);
    assertThat(report.fleets().getFirst().quarantined())
        .as(ReportText.of(report))
        .singleElement()
        .extracting(Quarantined::reason)
        .asString()
        .contains("exited with 1");
    assertThat(report.fleets().getFirst().maxShareOnUnpromoted()).isLessThanOrEqualTo(0.25);
  }

  private static void isWell(Report report) {
    assertThat(report.invariants().violations()).as(ReportText.of(report)).isEmpty();
    assertThat(report.converged()).as(ReportText.of(report)).isTrue();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        argumentSet("no faults", ""),
        argumentSet("throttling and errors", "faults: {throttle: 0.1, serverError: 0.05}\n"),
        argumentSet(
            "lost, doubled and late events",
            "faults: {lose: 0.3, duplicate: 0.3, reorder: 0.3, delay: 60s}\n"),
        argumentSet("stale reads and kills", "faults: {staleRead: 0.1, killFunction: 0.05}\n"));
  }
}
