package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Large accounts with AWS's token buckets switched on. */
class RatesTest {
  private static final String BUCKETS = "faults: {buckets: true}\n" + Stand.QUICK;

  /** So many fleets of so many services, a task each. */
  private static Stand stand(int fleets, int services) throws IOException {
    return Stand.of(BUCKETS + "fleets:\n"
        + IntStream.range(0, fleets)
            .mapToObj(fleet -> Stand.fleetYaml(
                "fleet-" + fleet,
                IntStream.range(0, services)
                    .mapToObj(service -> "{name: s-" + fleet + "-" + service
                        + ", pattern: sidecar, tasks: 1, discovery: false}")
                    .toArray(String[]::new)))
            .collect(Collectors.joining()));
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void rollsALargeAccountWithoutOneThrottledCall(
      int fleets, int services, int adopting, int rolling) throws IOException {
    Stand stand = stand(fleets, services).pass(adopting);
    assertThat(IntStream.range(0, fleets).mapToObj(fleet -> "/shepherd/collectors/fleet-" + fleet))
        .allMatch(fleet -> stand.has(fleet + "/state"));
    for (int fleet = 0; fleet < fleets; fleet++) {
      stand.put("fleet-" + fleet, BETTER);
    }
    int minutes = 0;
    while (minutes < rolling && !isOver(stand, fleets, services)) {
      stand.pass(5);
      minutes += 5;
    }
    Report report = stand.simulation.report();
    assertThat(report.throttled()).as("%s", report.calls()).isZero();
    assertThat(stand.deadLetters()).isZero();
    assertThat(isOver(stand, fleets, services))
        .as("after %s min: %s", minutes, stand.decisions())
        .isTrue();
  }

  private static boolean isOver(Stand stand, int fleets, int services) {
    return IntStream.range(0, fleets)
            .boxed()
            .flatMap(fleet ->
                IntStream.range(0, services).mapToObj(service -> "s-" + fleet + "-" + service))
            .allMatch(service -> stand.textsRead(service).equals(Set.of(BETTER)))
        && IntStream.range(0, fleets)
            .allMatch(
                fleet -> stand.state("fleet-" + fleet).path("phase").asText().equals("idle"));
  }

  static Stream<Arguments> accounts() {
    return Stream.of(
        argumentSet("a fleet of 200 services", 1, 200, 5, 600),
        argumentSet("10 fleets of 10", 10, 10, 5, 120),
        argumentSet("100 fleets of one", 100, 1, 20, 120));
  }
}
