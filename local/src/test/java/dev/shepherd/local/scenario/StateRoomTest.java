package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More deployments at once than {@code state} can hold the marks of. */
class StateRoomTest {
  private static final int SERVICES = 60;

  private static String name(int service) {
    return "a-service-of-a-team-that-likes-long-names-%02d".formatted(service);
  }

  @Test
  void deploysAsManyAtOnceAsTheStateHolds() throws IOException {
    Stand stand = Stand.of(
        "policy: {bakeMinutes: 1, probeSeconds: 20, settleSeconds: 20, maxConcurrentDeployments: 100}\n"
            + "fleets:\n"
            + Stand.fleetYaml(
                "gateway",
                IntStream.range(0, SERVICES)
                    .mapToObj(
                        service -> "{name: " + name(service) + ", pattern: sidecar, tasks: 1}")
                    .toArray(String[]::new)));
    stand.pass(5);
    stand.put("gateway", BETTER);
    int most = 0;
    for (int minute = 0; minute < 120; minute++) {
      stand.pass(1);
      most = Math.max(most, stand.state("gateway").path("moving").size());
    }
    assertThat(IntStream.range(0, SERVICES).mapToObj(StateRoomTest::name))
        .as(stand.decisions())
        .allMatch(service -> stand.textsRead(service).equals(Set.of(BETTER)));
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.everythingTold()).doesNotContain("state would be over");
    assertThat(stand.deadLetters()).isZero();
    assertThat(most).as("under way at once").isBetween(10, SERVICES / 2 - 1);
  }
}
