package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.world.Behaviour;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * A config that fails in the waves, though its canaries stayed well: what is blamed on it, what is
 * not, and how it is taken back.
 */
class ConfigRolloutBlameTest {
  private static final String DEPLOYED = ".*Deploy: (.*?) (to [0-9a-f]{12}|goes first)";
  private static final String[] GATEWAYS = {
    "{name: a, pattern: service, tasks: 4}",
    "{name: b, pattern: service, tasks: 8}",
    "{name: c, pattern: service, tasks: 12}"
  };
  private static final String[] SIDECARS = {
    "{name: a, pattern: sidecar, tasks: 4}",
    "{name: b, pattern: sidecar, tasks: 8}",
    "{name: c, pattern: sidecar, tasks: 12}"
  };

  /** Fails from its promotion on. */
  private static Stand bad(Behaviour behaviour, String... services) throws IOException {
    Stand stand = Stand.quick(services).pass(5);
    stand.put("gateway", BETTER);
    stand.passTo("waves").simulation.world().ecs().behave(BETTER, behaviour);
    return stand;
  }

  /** Fails at its probes already. */
  private static Stand worse(String... services) throws IOException {
    Stand stand = Stand.quick(services).pass(5);
    stand.simulation.world().ecs().behave(BETTER, new Behaviour.Crash(Duration.ofSeconds(20)));
    stand.put("gateway", BETTER);
    return stand;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void takesAConfigBackThatFailsByItself(String[] services, Behaviour behaviour, String reason)
      throws IOException {
    Stand stand = bad(behaviour, services).pass(40);
    for (String service : List.of("a", "b", "c")) {
      assertThat(stand.textsRead(service)).as(stand.decisions()).containsExactly(GOOD);
    }
    JsonNode failed = stand.state("gateway").path("quarantined").path(0);
    assertThat(failed.path("reason").asText())
        .as("a ran it first, b was under way, and a look a minute judges both")
        .containsPattern("prod/[ab] task [0-9a-f]{32} collector: ")
        .contains(reason);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.everythingTold()).contains("Rollout Rolled Back");
    assertThat(stand.definition("c").revision())
        .as("c was pinned, and never saw it")
        .isEqualTo(2);
    assertThat(revisionsPinning(stand, failed.path("hash").asText()))
        .isNotEmpty()
        .allMatch(revision -> revision.status() == TaskDefinitionStatus.INACTIVE);
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  static Stream<Arguments> failures() {
    Duration soon = Duration.ofSeconds(20);
    return Stream.of(
        argumentSet("sidecars crash", SIDECARS, new Behaviour.Crash(soon), "exited with"),
        argumentSet(
            "sidecars turn unhealthy", SIDECARS, new Behaviour.Unhealthy(soon), "UNHEALTHY"),
        argumentSet(
            "sidecars run out of memory", SIDECARS, new Behaviour.Oom(soon), "exited with 137"),
        argumentSet("sidecars are never healthy", SIDECARS, new Behaviour.NeverHealthy(), ""),
        argumentSet("gateways crash", GATEWAYS, new Behaviour.Crash(soon), "exited with"),
        argumentSet(
            "gateways turn unhealthy", GATEWAYS, new Behaviour.Unhealthy(soon), "UNHEALTHY"),
        argumentSet(
            "gateways run out of memory", GATEWAYS, new Behaviour.Oom(soon), "exited with 137"));
  }

  private static List<TaskDefinition> revisionsPinning(Stand stand, String hash) {
    return stand.simulation.world().ecs().taskDefinitions().all().stream()
        .filter(revision -> revision.containerDefinitions().stream()
            .flatMap(container -> container.secrets().stream())
            .anyMatch(secret -> secret.valueFrom().endsWith(hash)))
        .toList();
  }

  @Test
  void offersAQuarantinedTextOnlyAgainWhenItIsReleased() throws IOException {
    Stand stand = worse(SIDECARS).pass(20);
    String hash =
        stand.state("gateway").path("quarantined").path(0).path("hash").asText();
    stand.put("gateway", GOOD);
    stand.pass(5);
    stand.put("gateway", BETTER);
    assertThat(Stand.writes(stand.callsWhile(10))).isEmpty();
    assertThat(stand.decisions()).contains("in quarantine (" + hash + ")");
    stand.simulation.world().ecs().behave(BETTER, new Behaviour.Ok());
    tag(stand, "shepherd:release", hash);
    stand.pass(40);
    assertThat(stand.textsRead("c")).as(stand.decisions()).containsExactly(BETTER);
  }

  @Test
  void releasesOnceForATagAndNotAgainWhenItStillFails() throws IOException {
    Stand stand = worse(SIDECARS).pass(20);
    String hash =
        stand.state("gateway").path("quarantined").path(0).path("hash").asText();
    tag(stand, "shepherd:release", hash);
    stand.pass(60);
    for (String service : List.of("a", "b", "c")) {
      assertThat(stand.textsRead(service)).as(stand.decisions()).containsExactly(GOOD);
    }
    assertThat(stand.state("gateway").path("quarantined").path(0).path("hash").asText())
        .isEqualTo(hash);
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  @Test
  void takesRedeployModeBack() throws IOException {
    Stand stand = bad(
            new Behaviour.Crash(Duration.ofSeconds(20)),
            "{name: a, pattern: sidecar, tasks: 4, reference: current}",
            "{name: b, pattern: sidecar, tasks: 8, reference: current}")
        .pass(40);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(GOOD);
    assertThat(stand.textsRead("b")).containsExactly(GOOD);
    assertThat(stand.parameter("/shepherd/collectors/gateway/current")).isEqualTo(GOOD);
    assertThat(stand.definition("a").revision()).isEqualTo(1);
  }

  @Test
  void blamesAConfigThatFailsLate() throws IOException {
    Stand stand = Stand.of("policy: {bakeMinutes: 1, probeSeconds: 20, settleSeconds: 240}\n"
            + "fleets:\n" + Stand.fleetYaml("gateway", SIDECARS))
        .pass(5);
    stand.simulation.world().ecs().behave(BETTER, new Behaviour.Crash(Duration.ofSeconds(560)));
    stand.put("gateway", BETTER);
    stand.pass(40);
    for (String service : List.of("a", "b", "c")) {
      assertThat(stand.textsRead(service)).as(stand.decisions()).containsExactly(GOOD);
    }
    assertThat(stand.decisions())
        .containsSubsequence("gateway Promote: ", "Deploy: prod/b to ", "gateway Quarantine: ");
    assertThat(stand.definition("c").revision()).as("c never saw it").isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("kills")
  void goesBackWhereverItIsKilled(int call) throws IOException {
    Stand stand =
        Stand.quick("{name: a, pattern: service, tasks: 4, reference: pinned}").pass(3);
    stand.put("gateway", BETTER);
    stand.passTo("waves").simulation.kill("ConfigRollout", call);
    stand.simulation.world().ecs().behave(BETTER, new Behaviour.Crash(Duration.ofSeconds(20)));
    stand.pass(15);
    assertThat(stand.textsRead("a")).as(stand.decisions()).containsExactly(GOOD);
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo("idle");
    assertThat(stand.state("gateway").path("quarantined")).hasSize(1);
  }

  static IntStream kills() {
    return IntStream.rangeClosed(1, 60);
  }

  @Test
  void aNewerTextGoesOverAFailedOne() throws IOException {
    Stand stand = bad(new Behaviour.Crash(Duration.ofSeconds(20)), SIDECARS).passTo("back");
    String newest = Stand.config("4319");
    stand.put("gateway", newest);
    stand.pass(40);
    for (String service : List.of("a", "b", "c")) {
      assertThat(stand.textsRead(service)).as(stand.decisions()).containsExactly(newest);
    }
    String failed =
        stand.state("gateway").path("quarantined").path(0).path("hash").asText();
    assertThat(revisionsPinning(stand, failed))
        .as("no trap for RunTask and CI, though it never was idle in between")
        .isNotEmpty()
        .allMatch(revision -> revision.status() == TaskDefinitionStatus.INACTIVE);
  }

  @Test
  void blamesNoConfigWhileTheOthersAreSickToo() throws IOException {
    Stand stand = Stand.quick(SIDECARS).pass(5);
    stand.put("gateway", BETTER);
    stand.passTo("waves").pass(1);
    for (String service : List.of("a", "b", "c")) {
      stand.service(service).tasks().values().stream()
          .filter(WorldTask::isRunning)
          .forEach(task ->
              stand.simulation.world().ecs().health(task, "collector", HealthStatus.UNHEALTHY));
    }
    stand.pass(10);
    assertThat(stand.state("gateway").path("quarantined")).isEmpty();
  }

  @Test
  void blamesNoConfigForOneOfMany() throws IOException {
    Stand stand =
        Stand.quick("{name: a, pattern: sidecar, tasks: 8, reference: pinned}").pass(5);
    stand.put("gateway", BETTER);
    stand.passTo("waves").pass(1);
    WorldTask one = stand.service("a").tasks().values().stream()
        .filter(WorldTask::isRunning)
        .filter(task -> task.definition().equals(stand.definition("a")))
        .findFirst()
        .orElseThrow();
    stand.simulation.world().ecs().kill(one, "collector", 1);
    stand.pass(10);
    assertThat(stand.state("gateway").path("quarantined")).as(stand.decisions()).isEmpty();
    assertThat(stand.decisions()).contains("not every collector is well");
  }

  @Test
  void abortsByTagAndGoesBack() throws IOException {
    Stand stand = Stand.quick(SIDECARS).pass(5);
    stand.put("gateway", BETTER);
    stand.passTo("waves").pass(2);
    assertThat(stand.textsRead("b")).contains(BETTER);
    tag(stand, "shepherd:abort", stand.state("gateway").path("live").asText());
    stand.pass(30);
    for (String service : List.of("a", "b", "c")) {
      assertThat(stand.textsRead(service)).as(stand.decisions()).containsExactly(GOOD);
    }
    assertThat(stand.state("gateway").path("quarantined").path(0).path("reason").asText())
        .isEqualTo("aborted");
    assertThat(Stand.writes(stand.callsWhile(5))).isEmpty();
  }

  private static void tag(Stand stand, String key, String value) {
    stand.simulation.world().parameters().get("/collectors/gateway").tags().put(key, value);
  }

  @Test
  void rollsInWaves() throws IOException {
    Stand stand = Stand.quick(SIDECARS).pass(5);
    stand.put("gateway", BETTER);
    stand.pass(30);
    assertThat(stand.decisions().lines().filter(line -> line.matches(DEPLOYED)))
        .extracting(line -> line.replaceAll(DEPLOYED, "$1"))
        .containsExactly("prod/a", "prod/b", "prod/c");
    Stand one = Stand.of(Stand.QUICK.replace("{", "{waves: [100], ") + "fleets:\n"
            + Stand.fleetYaml("gateway", SIDECARS))
        .pass(5);
    one.put("gateway", BETTER);
    one.pass(30);
    assertThat(one.decisions()).contains("prod/b, prod/c to");
  }
}
