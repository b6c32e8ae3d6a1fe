package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios of sick collectors and of wrong registrations, each played whole, with their ends. */
class RepairScenariosTest {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  private static final Path ROOT = Path.of("..");
  private static final String FAULTS = "faults: {duplicate: 0.2, reorder: 0.2, lose: 0.3, delay:"
      + " 60s, throttle: 0.05, staleRead: 0.2, failPage: 0.05, killFunction: 0.05, serverError:"
      + " 0.02}\n";

  /**
   * What a scenario has to come to.
   *
   * @param acts how many tasks are stopped, or registrations written
   * @param first no act comes before this minute
   * @param rest the fleet has come to rest by this minute
   */
  record Wanted(int acts, int first, int rest) {}

  private static Report play(String yaml) throws IOException {
    Scenario scenario = Scenario.parse("seed: 1\n" + yaml, "test", ROOT);
    Report report = new Simulation(scenario, ROOT.resolve("template.yaml"), START).run();
    assertThat(report.invariants().violations()).isEmpty();
    return report;
  }

  private static List<TimelineEntry> acts(Report report, String function, String... calls) {
    return report.timeline().stream()
        .filter(entry -> entry.kind() == TimelineEntry.Kind.ACTION)
        .filter(entry -> entry.function().equals(function))
        .filter(entry -> Stream.of(calls).anyMatch(entry.text()::startsWith))
        .toList();
  }

  private static void assertCame(Report report, List<TimelineEntry> acts, Wanted wanted) {
    assertThat(report.convergedAt())
        .hasValueSatisfying(at -> assertThat(at).isLessThanOrEqualTo(minutes(wanted.rest())));
    assertThat(acts)
        .hasSize(wanted.acts())
        .allSatisfy(act -> assertThat(act.at()).isGreaterThanOrEqualTo(minutes(wanted.first())));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  @ParameterizedTest
  @MethodSource({"tasks", "storms", "troubles"})
  void replaceWhatIsSickOnceAndInTime(String yaml, Wanted wanted) throws IOException {
    Report report = play(yaml);
    List<TimelineEntry> stops = acts(report, "TaskReplacement", "StopTask");
    assertThat(stops).extracting(TimelineEntry::subject).doesNotHaveDuplicates();
    assertCame(report, stops, wanted);
  }

  @ParameterizedTest
  @MethodSource("registrations")
  void putRegistrationsRightInTime(String yaml, Wanted wanted) throws IOException {
    Report report = play(yaml);
    assertCame(
        report, acts(report, "RegistrationSync", "RegisterInstance", "DeregisterInstance"), wanted);
  }

  /** Of StopTask's 40 in a second and burst of 100 a quarter is TaskReplacement's. */
  @Test
  void stopsNoFasterThanItsShareOfTheRate() throws IOException {
    Report report = play(of("15m", percent(50), app(200), kill("5m", "a", 60)));
    List<TimelineEntry> stops = acts(report, "TaskReplacement", "StopTask");
    assertThat(stops).hasSize(60);
    assertThat(stops.getLast().at().minus(stops.getFirst().at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds((60 - 25) / 10));
  }

  private static String of(String duration, String head, String services, String... steps) {
    return "duration: %s\n%sfleets:\n%ssteps:\n%s"
        .formatted(
            duration,
            head,
            Stand.fleetYaml("gateway", services.split("; ", -1)),
            Stream.of(steps).map("  - {%s}\n"::formatted).collect(Collectors.joining()));
  }

  private static String kill(String at, String service, int tasks) {
    return "at: %s, kill: {service: %s, container: collector, tasks: %d}"
        .formatted(at, service, tasks);
  }

  private static String unhealthy(String at, String service, int percent) {
    return "at: %s, unhealthy: {service: %s, percent: %d}".formatted(at, service, percent);
  }

  private static String step(String at, String step, String service, int instances) {
    return "at: %s, %s: {service: %s, instances: %d}".formatted(at, step, service, instances);
  }

  private static String percent(int percent) {
    return "policy: {maxUnavailablePercent: " + percent + "}\n";
  }

  private static String app(int tasks) {
    return "{name: a, pattern: sidecar, tasks: " + tasks + "}";
  }

  private static String daemon(int hosts) {
    return "{name: a, pattern: sidecar, launchType: EC2, scheduling: DAEMON, hosts: " + hosts + "}";
  }

  /** The smallest services, where a percentage is less than one task. */
  static Stream<Arguments> tasks() {
    return Stream.of(
        argumentSet(
            "the only task", of("20m", "", app(1), kill("5m", "a", 1)), new Wanted(0, 0, 7)),
        argumentSet("both of two", of("20m", "", app(2), kill("5m", "a", 2)), new Wanted(2, 5, 7)),
        argumentSet(
            "all of three: a storm",
            of("40m", "", app(3), unhealthy("5m", "a", 100)),
            new Wanted(3, 20, 24)),
        argumentSet(
            "half may be unavailable",
            of("20m", percent(50), app(20), kill("5m", "a", 6)),
            new Wanted(6, 5, 6)),
        argumentSet(
            "nothing may be unavailable: policy lets it be",
            of("20m", percent(0), app(3), kill("5m", "a", 1)),
            new Wanted(0, 0, 6)),
        argumentSet(
            "the only task of a daemon: ECS cannot start its successor first",
            of("20m", "", daemon(1), kill("5m", "a", 1)),
            new Wanted(0, 0, 6)),
        argumentSet(
            "two budget steps of a daemon",
            of("20m", "", daemon(20), kill("5m", "a", 4)),
            new Wanted(4, 5, 7)),
        argumentSet(
            "a service that is to have none",
            of(
                "20m",
                "",
                app(5),
                kill("5m", "a", 1),
                "at: 5m, scale: {service: a, tasks: 0}",
                "at: 10m, scale: {service: a, tasks: 2}"),
            new Wanted(0, 0, 12)),
        argumentSet(
            "essential: ECS replaces it",
            of("20m", "", "{name: a, pattern: service, tasks: 5}", unhealthy("5m", "a", 40)),
            new Wanted(0, 0, 8)));
  }

  static Stream<Arguments> storms() {
    return Stream.of(
        argumentSet(
            "a zone",
            of("45m", "", app(12), "at: 5m, unhealthy: {service: a, zone: b}"),
            new Wanted(4, 20, 25)),
        argumentSet(
            "a backend: held, one, two, then the budget",
            of("45m", "", app(20), unhealthy("5m", "a", 60)),
            new Wanted(12, 20, 28)),
        argumentSet(
            "a service of one is restarted in it, and holds nobody up",
            of(
                "60m",
                "",
                app(20) + "; {name: b, pattern: sidecar, tasks: 1}",
                unhealthy("5m", "a", 60),
                unhealthy("5m", "b", 100)),
            new Wanted(12, 20, 30)),
        argumentSet(
            "one at a time is none",
            of(
                "40m",
                "",
                app(50),
                IntStream.range(5, 20)
                    .mapToObj(minute -> kill(minute + "m", "a", 3))
                    .toArray(String[]::new)),
            new Wanted(45, 5, 21)));
  }

  static Stream<Arguments> troubles() {
    String rollout = "at: 10m, put: /collectors/gateway, text: " + quoted(Stand.BETTER);
    return Stream.of(
        argumentSet(
            "an app deployment takes them away",
            of("20m", "", app(20), "at: 5m, deploy: {service: a}", kill("305s", "a", 3)),
            new Wanted(0, 0, 8)),
        argumentSet(
            "a service of one falls ill while a rollout settles on it",
            of(
                "60m",
                "",
                app(8) + "; {name: c, pattern: sidecar, tasks: 1}",
                rollout,
                kill("13m", "c", 1)),
            new Wanted(0, 0, 45)),
        argumentSet(
            "faults of every kind",
            of(
                "75m",
                FAULTS,
                app(20) + "; {name: b, pattern: sidecar, tasks: 1}",
                kill("5m", "a", 4),
                kill("5m", "b", 1),
                "at: 30m, faults: \"off\""),
            new Wanted(4, 5, 35)),
        argumentSet(
            "killed at each call",
            of(
                "90m",
                "",
                app(60),
                IntStream.range(0, 18)
                    .boxed()
                    .flatMap(call -> Stream.of(
                        "at: %dm, killCall: {function: TaskReplacement, call: %d}"
                            .formatted(5 + 4 * call, call + 1),
                        kill((5 + 4 * call) + "m", "a", 6)))
                    .toArray(String[]::new)),
            new Wanted(108, 5, 79)));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  static Stream<Arguments> registrations() {
    String three = "{name: g, pattern: service, tasks: 3}";
    String twelve = "{name: g, pattern: service, tasks: 12}";
    return Stream.of(
        argumentSet(
            "an orphan beside three",
            of("30m", "", three, step("6m", "orphan", "g", 1)),
            new Wanted(1, 10, 16)),
        argumentSet(
            "as many orphans as the cap lets go in five runs",
            of("60m", "", "{name: g, pattern: service, tasks: 1}", step("6m", "orphan", "g", 5)),
            new Wanted(5, 10, 36)),
        argumentSet(
            "every live one vanishes, and orphans stay",
            of("40m", "", twelve, step("6m", "orphan", "g", 6), step("6m", "unregister", "g", 12)),
            new Wanted(18, 10, 26)),
        argumentSet(
            "addresses are used again, and somebody else registers",
            of(
                "40m",
                "",
                twelve,
                step("6m", "reuseIp", "g", 2),
                step("6m", "foreignInstance", "g", 3)),
            new Wanted(2, 10, 16)),
        argumentSet(
            "ECS comes and goes by itself",
            of(
                "50m",
                "",
                twelve,
                kill("6m", "g", 6),
                "at: 11m, scale: {service: g, tasks: 30}",
                "at: 16m, scale: {service: g, tasks: 2}",
                "at: 21m, scale: {service: g, tasks: 0}",
                "at: 26m, scale: {service: g, tasks: 4}"),
            new Wanted(0, 0, 28)),
        argumentSet(
            "faults of every kind",
            of(
                "90m",
                FAULTS,
                twelve,
                step("6m", "orphan", "g", 2),
                step("6m", "unregister", "g", 2),
                "at: 40m, faults: \"off\""),
            new Wanted(4, 10, 60)));
  }
}
