package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.CanaryStand.MIXED;
import static dev.shepherd.local.scenario.CanaryStand.SERVICES;
import static dev.shepherd.local.scenario.CanaryStand.SIDECARS;
import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.local.world.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad config is taken back before its promotion: no more than the canary share ever ran it. */
class ConfigRolloutCanaryTest {
  private static final String LONG = "policy: {probeSeconds: 20, settleSeconds: 20}\n";

  @ParameterizedTest
  @MethodSource("failures")
  void takesABadConfigBack(
      String policy, List<String> services, Behaviour behaviour, String because)
      throws IOException {
    Stand stand = CanaryStand.of(policy, services, "");
    CanaryStand.edit(stand, behaviour);
    stand.pass(25);
    CanaryStand.isTakenBack(stand, because);
  }

  static Stream<Arguments> failures() {
    Map<String, List<String>> fleets =
        Map.of("a service fleet", SERVICES, "a sidecar fleet", SIDECARS, "a mixed fleet", MIXED);
    return fleets.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(fleet -> Stream.of(
                Map.entry("crashes at once", new Behaviour.Crash(Duration.ZERO)),
                Map.entry("crashes after 20 s", new Behaviour.Crash(Duration.ofSeconds(20))),
                Map.entry("crashes while it bakes", new Behaviour.Crash(Duration.ofSeconds(200))),
                Map.entry("crashes after 8 min", new Behaviour.Crash(Duration.ofMinutes(8))),
                Map.entry("turns unhealthy", new Behaviour.Unhealthy(Duration.ofSeconds(20))),
                Map.entry(
                    "turns unhealthy later", new Behaviour.Unhealthy(Duration.ofSeconds(200))),
                Map.entry("is never healthy", new Behaviour.NeverHealthy()),
                Map.entry("runs out of memory", new Behaviour.Oom(Duration.ofSeconds(20))),
                Map.entry("runs out of memory later", new Behaviour.Oom(Duration.ofSeconds(200))))
            .map(way -> argumentSet(
                fleet.getKey() + " " + way.getKey(),
                way.getKey().contains("8 min") ? LONG : CanaryStand.POLICY,
                fleet.getValue(),
                way.getValue(),
                because(way.getValue()))));
  }

  private static String because(Behaviour behaviour) {
    return switch (behaviour) {
      case Behaviour.Crash _ -> "exited with 1";
      case Behaviour.Oom _ -> "exited with 137 (OutOfMemoryError";
      case Behaviour.Unhealthy _, Behaviour.NeverHealthy _ -> "UNHEALTHY";
      case Behaviour.Ok _ -> "";
    };
  }

  @Test
  void seesThatEverySidecarDiesWhereEcsSaysCompleted() throws IOException {
    Stand stand = CanaryStand.of(SIDECARS);
    CanaryStand.edit(stand, new Behaviour.Crash(Duration.ofSeconds(170)));
    stand.passTo("canary").pass(2);
    assertThat(stand.textsRead("side")).as(stand.story()).containsExactly(BETTER);
    while (stand.state("gateway").path("quarantined").isEmpty()) {
      assertThat(stand.service("side").primary().rolloutState().toString())
          .as(stand.story())
          .isNotEqualTo("FAILED");
      stand.pass(1);
    }
    assertThat(CanaryStand.reason(stand))
        .contains("prod/side task", "exited with 1 while its task runs on");
    stand.pass(10);
    CanaryStand.isTakenBack(stand, "exited with 1");
  }

  @Test
  void putsAnOldTextBackWithoutBaking() throws IOException {
    Stand stand = Stand.of(CanaryStand.POLICY + "fleets:\n"
            + Stand.fleetYaml("gateway", MIXED.toArray(String[]::new)))
        .pass(3);
    stand.put("gateway", BETTER);
    stand.pass(30);
    CanaryStand.endsOn(stand, BETTER);
    int before = stand.decisions().length();
    stand.put("gateway", GOOD);
    stand.pass(20);
    assertThat(stand.decisions().substring(before))
        .contains("StartTasks: probes of", "the whole fleet has run it before")
        .doesNotContain("canaries of", "goes first", "bakes until");
    CanaryStand.endsOn(stand, GOOD);
  }

  @Test
  void triesTwoFleetsAtOnce() throws IOException {
    Stand stand = Stand.of(CanaryStand.POLICY + "fleets:\n"
            + Stand.fleetYaml("gateway", "{name: gate, pattern: service, tasks: 8}")
            + Stand.fleetYaml("other", "{name: far, pattern: service, tasks: 4}"))
        .pass(3);
    String worse = Stand.config("4319");
    stand.simulation.world().ecs().behave(worse, new Behaviour.Crash(Duration.ofSeconds(200)));
    stand.put("gateway", BETTER);
    stand.put("other", worse);
    stand.passTo("bake");
    assertThat(stand.state("other").path("phase").asText()).isIn("canary", "bake");
    stand.pass(25);
    assertThat(stand.textsRead("far")).as(stand.decisions()).containsExactly(GOOD);
    assertThat(stand.state("other").path("quarantined").toString()).contains("prod/far task");
    assertThat(stand.state("gateway").path("quarantined")).isEmpty();
    CanaryStand.isClean(stand);
    assertThat(stand.textsRead("gate")).as(stand.decisions()).containsExactly(BETTER);
  }
}
