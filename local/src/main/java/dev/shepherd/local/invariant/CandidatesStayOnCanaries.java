package dev.shepherd.local.invariant;

import dev.shepherd.local.invariant.Configs.Taken;
import dev.shepherd.local.invariant.Configs.Way;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Invariant 2: before its promotion a candidate starts on probes, canaries and one service, which
 * together hold at most the canary percent of the fleet's tasks, themselves included; one probe and
 * one canary may always be.
 */
final class CandidatesStayOnCanaries implements Rule {
  private final Configs configs;
  private final Sightings sightings;
  /** How many extra tasks there were when a token was first used. */
  private final Map<String, Integer> byToken = new HashMap<>();

  CandidatesStayOnCanaries(Configs configs, Sightings sightings) {
    this.configs = configs;
    this.sightings = sightings;
  }

  @Override
  public void before(Act act, Checks checks) {
    boolean runs = act.is("ecs:RunTask");
    if (runs || act.is("ecs:UpdateService")) {
      configs
          .definition(act.text("taskDefinition"))
          .ifPresent(definition -> configs.taken(definition).stream()
              .filter(taken -> taken.way() == Way.PINNED && !isLive(taken))
              .forEach(taken -> {
                if (runs) {
                  runs(act, definition, taken, checks);
                } else {
                  deploys(act, taken, checks);
                }
              }));
    }
  }

  private boolean isLive(Taken taken) {
    return configs.state(taken.config()).path("live").asText().equals(taken.hash());
  }

  private void runs(Act act, TaskDefinition definition, Taken taken, Checks checks) {
    String by = act.text("startedBy");
    boolean probe = by.equals("shepherd-probe");
    int more = isRepeat(act, taken) ? 0 : act.request().path("count").asInt(1);
    checks.that(
        2,
        (probe || by.equals("shepherd-canary")) && definition.family().endsWith("-" + by),
        () -> "%s starts the candidate %s as %s, which is neither probe nor canary"
            .formatted(act, taken.hash(), definition.family()));
    weigh(act, taken, probe ? more : 0, probe ? 0 : more, Optional.empty(), checks);
  }

  /**
   * Whether an earlier call with this token has started its tasks: a retry whose first answer was
   * lost.
   */
  private boolean isRepeat(Act act, Taken taken) {
    int now = configs.standalone(taken.config()).size();
    Integer before = byToken.putIfAbsent(act.text("clientToken"), now);
    return before != null && now > before;
  }

  private void deploys(Act act, Taken taken, Checks checks) {
    configs.service(act).ifPresent(service -> {
      boolean isNew = on(taken, List.of(service)).isEmpty();
      List<WorldService> others = on(taken, configs.services(taken.config())).stream()
          .filter(each -> !each.equals(service))
          .toList();
      checks.that(
          2,
          others.isEmpty(),
          () -> "%s takes %s to the candidate %s, which %s has already"
              .formatted(act, service.name(), taken.hash(), others.getFirst().name()));
      if (isNew) {
        weigh(act, taken, 0, desired(act, service), Optional.of(service), checks);
      }
    });
  }

  private static int count(List<WorldTask> tasks, Taken taken, String startedBy) {
    return (int) tasks.stream()
        .filter(task -> task.startedBy().equals(Optional.of(startedBy)))
        .filter(task -> names(task.definition(), taken))
        .count();
  }

  private static boolean names(TaskDefinition definition, Taken taken) {
    return definition.containerDefinitions().stream()
        .flatMap(container -> container.secrets().stream())
        .anyMatch(secret -> Configs.parameter(secret).equals(taken.parameter()));
  }

  private static List<WorldService> on(Taken taken, List<WorldService> services) {
    return services.stream()
        .filter(service -> names(service.primary().definition(), taken))
        .toList();
  }

  private int desired(Act act, WorldService service) {
    return sightings.desired(act.caller(), service.arn()).orElse(service.desiredCount());
  }

  private void weigh(
      Act act,
      Taken taken,
      int moreProbes,
      int moreCanaries,
      Optional<WorldService> next,
      Checks checks) {
    List<WorldService> services = configs.services(taken.config());
    List<WorldTask> standalone = configs.standalone(taken.config());
    int probes = moreProbes + count(standalone, taken, "shepherd-probe");
    int canaries = moreCanaries
        + count(standalone, taken, "shepherd-canary")
        + on(taken, services).stream()
            .filter(service -> !next.equals(Optional.of(service)))
            .mapToInt(service -> desired(act, service))
            .sum();
    // What the function saw may be behind or ahead: the fleet is as large as either says.
    int seen = services.stream().mapToInt(service -> desired(act, service)).sum();
    int are = services.stream().mapToInt(WorldService::desiredCount).sum();
    int started = moreProbes + (next.isPresent() ? 0 : moreCanaries);
    int all = Math.max(seen, are) + standalone.size() + started;
    int percent = configs.percent(
        taken.config(), "shepherd:canary-percent", 1, 50, configs.terms().canaryPercent());
    checks.that(
        2,
        (probes + canaries) * 100L <= (long) percent * all || (probes <= 1 && canaries <= 1),
        () -> "%s has %d probes and %d canary tasks on the candidate %s, over %d%% of %d tasks"
            .formatted(act, probes, canaries, taken.hash(), percent, all));
  }
}
