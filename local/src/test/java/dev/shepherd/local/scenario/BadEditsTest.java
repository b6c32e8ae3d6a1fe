package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Edits as operators make them, played by the scenario format from end to end with all three
 * functions: what misbehaves is taken back and names its culprit, what is innocent rolls.
 */
class BadEditsTest {
  private static final String QUICK = "{probeSeconds: 20, settleSeconds: 20, bakeMinutes: 1}";
  private static final String BAKING = "{probeSeconds: 20, settleSeconds: 20, bakeMinutes: 10}";
  private static final String SLOW = "{probeSeconds: 20, settleSeconds: 90, bakeMinutes: 1}";
  private static final String GATEWAY = "{name: gate, pattern: service, tasks: 12}";
  private static final String SIDECARS = """
      {name: a, pattern: sidecar, tasks: 2}
      {name: b, pattern: sidecar, tasks: 4}
      {name: c, pattern: sidecar, tasks: 8}""";
  private static final String STATE = "/shepherd/collectors/gateway/state";

  /** Each service with the same further keys. */
  private static String with(String keys, String services) {
    return services.replace("}", ", " + keys + "}");
  }

  private static String crash(String after) {
    return collector("crash", after);
  }

  /** The edit, and how collectors behave that read it. */
  private static String collector(String behaviour, String after) {
    return "{at: 3m, behave: {fleet: /collectors/gateway, collector: " + behaviour + ", after: "
        + after + "}}";
  }

  @ParameterizedTest
  @MethodSource("bad")
  void takesItBackAndNamesTheCulprit(
      String policy, String services, List<String> steps, String reason) throws IOException {
    Stand stand = played(policy, services, steps, GOOD);
    assertThat(stand.simulation.report().fleets().getFirst().quarantined())
        .as(stand::decisions)
        .singleElement()
        .extracting(Quarantined::reason)
        .asString()
        .matches("prod/\\S+ task [0-9a-f]{32} collector: " + reason + ".*");
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        bad("a gateway that crashes at once", QUICK, GATEWAY, "exited with 1", crash("0s")),
        bad("… after 8 minutes", BAKING, GATEWAY, "exited with 1", crash("8m")),
        bad(
            "a gateway that turns UNHEALTHY",
            BAKING,
            GATEWAY,
            "turned UNHEALTHY",
            collector("unhealthy", "8m")),
        bad(
            "a gateway that never is healthy",
            QUICK,
            GATEWAY,
            "(turned UNHEALTHY|was not well within)",
            collector("neverHealthy", "0s")),
        bad(
            "a gateway that runs out of memory",
            QUICK,
            GATEWAY,
            "exited with 137 \\(OutOfMemory",
            collector("oom", "90s")),
        bad("sidecars that die in the bake", BAKING, SIDECARS, "exited with 1", crash("8m")),
        bad(
            "essential sidecars, and ECS's circuit breaker",
            QUICK,
            with("essential: true, circuitBreaker: true", SIDECARS),
            "exited with 1",
            crash("40s")),
        bad(
            "sidecars with a restart policy",
            QUICK,
            with("restartPolicy: 60", SIDECARS),
            "",
            crash("20s")),
        bad(
            "redeploy mode",
            QUICK,
            with("reference: current", SIDECARS),
            "exited with 1",
            crash("150s")),
        bad(
            "a daemon with host networking: the first wave bakes",
            BAKING,
            "{name: d, pattern: service, launchType: EC2, scheduling: DAEMON, hosts: 4,"
                + " networkMode: host, discovery: false}",
            "exited with 1",
            crash("4m")),
        bad(
            "ECS's own blue/green",
            QUICK,
            with("strategy: BLUE_GREEN", SIDECARS),
            "exited with 1",
            crash("60s")),
        bad(
            "paused while it fails",
            BAKING,
            GATEWAY,
            "exited with 1",
            crash("8m"),
            tag("10m", "true"),
            tag("30m", "false")),
        bad(
            "its state is lost in the bake",
            BAKING,
            SIDECARS,
            "exited with 1",
            crash("8m"),
            "{at: 12m, delete: " + STATE + "}"),
        bad(
            "every event is lost, and reads are old",
            BAKING,
            SIDECARS,
            "exited with 1",
            crash("8m"),
            "faults: {lose: 1.0, staleRead: 0.2, throttle: 0.1}",
            "{at: 40m, faults: off}"));
  }

  private static Arguments bad(
      String name, String policy, String services, String reason, String... steps) {
    return argumentSet(name, policy, services, List.of(steps), reason);
  }

  /** ECS says COMPLETED with every sidecar dead, and their tasks are replaced before the look. */
  @Test
  void blamesSidecarsThatWereReplacedBeforeItLooked() throws IOException {
    Stand stand = played(SLOW, SIDECARS, List.of(crash("4m")), GOOD);
    assertThat(stand.decisions())
        .containsSubsequence(
            "gateway Promote: ",
            "prod/a Replace SINGLE: collector exited with 1",
            "gateway Quarantine: ");
    assertThat(stand.definition("c").revision()).as("c never saw it").isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("innocent")
  void rollsWhatIsInnocent(String policy, String services, List<String> steps) throws IOException {
    Stand stand = played(policy, services, steps, BETTER);
    assertThat(stand.simulation.report().fleets().getFirst().quarantined())
        .as(stand::decisions)
        .isEmpty();
  }

  static Stream<Arguments> innocent() {
    String apps = "{at: %dm, kill: {service: c, container: app, tasks: 3}}";
    return Stream.of(
        innocent(
            "apps that crash all along",
            QUICK,
            SIDECARS,
            apps.formatted(5),
            apps.formatted(8),
            apps.formatted(11),
            apps.formatted(14)),
        innocent(
            "one collector that dies in the waves",
            SLOW,
            SIDECARS,
            "{at: 14m, kill: {service: a, tasks: 1}}"),
        innocent(
            "a backend that is down for all",
            BAKING,
            SIDECARS,
            "{at: 12m, unhealthy: {service: a, percent: 100}}",
            "{at: 12m, unhealthy: {service: b, percent: 100}}",
            "{at: 12m, unhealthy: {service: c, percent: 100}}"),
        innocent(
            "a host that ends in the bake",
            BAKING,
            "{name: gate, pattern: service, tasks: 6, launchType: EC2, hosts: 4}",
            "{at: 10m, stopHost: {service: gate, host: 1}}"),
        innocent(
            "duplicates, late and reordered events, killed runs",
            QUICK,
            SIDECARS,
            "faults: {duplicate: 0.3, reorder: 0.3, lose: 0.3, delay: 60s, killFunction: 0.05}",
            "{at: 40m, faults: off}"));
  }

  private static Arguments innocent(String name, String policy, String services, String... steps) {
    return argumentSet(name, policy, services, List.of(steps));
  }

  private static String tag(String at, String paused) {
    return "{at: " + at + ", tag: {parameter: /collectors/gateway, key: \"shepherd:paused\","
        + " value: \"" + paused + "\"}}";
  }

  /** BETTER is put over GOOD after three minutes; after an hour every task runs that text. */
  private static Stand played(String policy, String services, List<String> more, String end)
      throws IOException {
    String[] each = services.split("\n", -1);
    StringBuilder yaml = new StringBuilder("policy: " + policy + "\nfleets:\n")
        .append(Stand.fleetYaml("gateway", each));
    more.stream()
        .filter(line -> line.startsWith("faults:"))
        .forEach(line -> yaml.append(line).append('\n'));
    yaml.append("steps:\n  - {at: 3m, put: /collectors/gateway, text: \"")
        .append(BETTER.replace("\"", "\\\"").replace("\n", "\\n"))
        .append("\"}\n");
    more.stream()
        .filter(line -> line.startsWith("{"))
        .forEach(line -> yaml.append("  - ").append(line).append('\n'));
    Stand stand = Stand.of(yaml.toString());
    Report report = stand.simulation.run();
    assertThat(report.invariants().violations()).as(stand::decisions).isEmpty();
    assertThat(report.converged()).as(stand::decisions).isTrue();
    FleetReport fleet = report.fleets().getFirst();
    assertThat(fleet.maxShareOnUnpromoted()).as(stand::decisions).isLessThanOrEqualTo(0.25);
    assertThat(fleet.services())
        .allSatisfy(service ->
            assertThat(stand.textsRead(service.name())).as(stand::decisions).containsExactly(end));
    return stand;
  }
}
