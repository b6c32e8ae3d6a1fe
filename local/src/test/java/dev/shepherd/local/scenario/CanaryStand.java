package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.local.world.Behaviour;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.util.List;

/** A stand that tries a config, and what has to be true of it once that is over. */
final class CanaryStand {
  static final String SERVICE = "{name: gate, pattern: service, tasks: 12}";
  static final List<String> SERVICES = List.of(SERVICE);
  static final List<String> SIDECARS = List.of(
      "{name: side, pattern: sidecar, tasks: 4}",
      "{name: middle, pattern: sidecar, tasks: 8}",
      "{name: large, pattern: sidecar, tasks: 12}");
  static final List<String> MIXED = List.of(
      "{name: gate, pattern: service, tasks: 12}",
      "{name: side, pattern: sidecar, tasks: 2}",
      "{name: large, pattern: sidecar, tasks: 10}");

  /** Long enough to bake that something can happen meanwhile. */
  static final String POLICY = "policy: {bakeMinutes: 4, probeSeconds: 20, settleSeconds: 20}\n";

  private CanaryStand() {}

  /** A fleet that runs GOOD, pinned. */
  static Stand of(List<String> services) throws IOException {
    return of(POLICY, services, "");
  }

  static Stand of(String policy, List<String> services, String more) throws IOException {
    String[] pinned = services.stream()
        .map(service -> service.replace("}", ", reference: pinned}"))
        .toArray(String[]::new);
    return Stand.of(policy + "fleets:\n" + Stand.fleetYaml("gateway", pinned) + more)
        .pass(3);
  }

  /** Somebody edits the config to a text that behaves so. */
  static void edit(Stand stand, Behaviour behaviour) {
    stand.simulation.world().ecs().behave(BETTER, behaviour);
    stand.put("gateway", BETTER);
  }

  static void tag(Stand stand, String key, String value) {
    stand.simulation.world().parameters().get("/collectors/gateway").tags().put(key, value);
  }

  /** The extra tasks that run, or are to. */
  static List<WorldTask> extras(Stand stand) {
    return stand.simulation.world().ecs().cluster("prod").standaloneTasks().stream()
        .filter(task -> task.isWanted() || task.isRunning())
        .toList();
  }

  static String reason(Stand stand) {
    return stand.state("gateway").path("quarantined").path(0).path("reason").asText();
  }

  static String held(Stand stand) {
    return stand.state("gateway").path("held").path("reason").asText();
  }

  static double share(Stand stand) {
    return stand.simulation.report().fleets().getFirst().maxShareOnUnpromoted();
  }

  /** Never quarantined. */
  static void isInnocent(Stand stand) {
    assertThat(stand.state("gateway").path("quarantined")).as(stand.decisions()).isEmpty();
    assertThat(stand.everythingTold()).doesNotContain("Canary Failed", "Rollout Rolled Back");
  }

  /** All services read this text, nothing of a trial is left, and nothing is written any more. */
  static void endsOn(Stand stand, String text) {
    String story = stand.decisions();
    Report report = stand.simulation.report();
    for (ServiceReport service : report.fleets().getFirst().services()) {
      if (service.desired() > 0) {
        assertThat(stand.textsRead(service.name())).as(story).containsExactly(text);
      }
    }
    assertThat(stand.parameter("/shepherd/collectors/gateway/current")).isEqualTo(text);
    assertThat(stand.state("gateway").path("phase").asText()).as(story).isEqualTo("idle");
    isClean(stand);
    assertThat(Stand.writes(stand.callsWhile(3))).as(story).isEmpty();
  }

  /** No probe, canary, drain tag or registration of Shepherd's is there. */
  static void isClean(Stand stand) {
    String story = stand.decisions();
    assertThat(extras(stand)).as(story).isEmpty();
    stand
        .simulation
        .world()
        .cloudMap()
        .services()
        .values()
        .forEach(service -> assertThat(service.instances().values())
            .as(story)
            .noneMatch(instance -> instance.attributes().containsKey("SHEPHERD_FLEET")));
    assertThat(stand.simulation.world().ecs().cluster("prod").tasks().values().stream()
            .filter(WorldTask::isRunning)
            .flatMap(task -> task.task().tags().stream()))
        .as(story)
        .noneMatch(tag -> tag.key().equals("shepherd:drain"));
  }

  /** Taken back before any promotion, with its reason. */
  static void isTakenBack(Stand stand, String because) {
    assertThat(reason(stand))
        .as(stand.decisions())
        .matches("(?s).*prod/\\w+ task [0-9a-f]{32} collector: .*")
        .contains(because);
    assertThat(stand.everythingTold())
        .contains("Canary Failed")
        .doesNotContain("Rollout Promoted", "Rollout Rolled Back");
    assertThat(share(stand)).as(stand.decisions()).isLessThanOrEqualTo(0.25);
    endsOn(stand, GOOD);
  }
}
