package dev.shepherd.local.invariant;

import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.world.WorldService;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Invariant 5: an app's revision that UpdateService overtook, because someone shipped it between
 * the look and the call, is restored within two looks at its service.
 */
final class OvertakenReleasesComeBack implements Rule {
  /** The look that overtook may not know yet; then two in which it can be restored. */
  private static final int LOOKS = 3;

  private final Configs configs;
  private final Sightings sightings;
  private final Map<WorldService, Overtaken> open = new LinkedHashMap<>();

  private record Overtaken(TaskDefinition theirs, Instant at, int looks) {
    Overtaken next() {
      return new Overtaken(theirs, at, looks + 1);
    }
  }

  OvertakenReleasesComeBack(Configs configs, Sightings sightings) {
    this.configs = configs;
    this.sightings = sightings;
  }

  @Override
  public void before(Act act, Checks checks) {
    if (act.is("ecs:UpdateService") && !act.text("taskDefinition").isEmpty()) {
      configs
          .service(act)
          .ifPresent(service -> configs.definition(act.text("taskDefinition")).ifPresent(ours -> {
            TaskDefinition theirs = service.primary().definition();
            if (!configs.isShepherds(theirs) && root(ours).revision() < theirs.revision()) {
              open.put(service, new Overtaken(theirs, act.at(), 0));
            }
          }));
    }
  }

  /** The revision that was not Shepherd's, from which this one comes. */
  private TaskDefinition root(TaskDefinition definition) {
    Optional<TaskDefinition> base = configs
        .tag(definition, "shepherd:from")
        .filter(_ -> configs.isShepherds(definition))
        .flatMap(from -> configs.definition(definition.family() + ":" + from))
        .filter(from -> from.revision() < definition.revision());
    return base.map(this::root).orElse(definition);
  }

  @Override
  public void ended(Invocation run, Checks checks) {
    if (!run.function().equals("ConfigRollout") || Runs.isTroubled(run)) {
      return;
    }
    for (Iterator<Map.Entry<WorldService, Overtaken>> each = open.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<WorldService, Overtaken> entry = each.next();
      WorldService service = entry.getKey();
      Overtaken overtaken = entry.getValue();
      boolean restored = !service.isActive()
          || root(service.primary().definition()).revision() >= overtaken.theirs.revision();
      boolean looked = run.begun().isAfter(overtaken.at)
          && sightings.hasSeen(run.function(), service.arn(), run.begun());
      if (restored) {
        each.remove();
      } else if (looked) {
        entry.setValue(overtaken.next());
        checks.that(
            5,
            overtaken.looks < LOOKS,
            () -> "%s:%d, shipped on %s, was overtaken and is not restored after %d looks"
                .formatted(
                    overtaken.theirs.family(), overtaken.theirs.revision(), service.name(), LOOKS));
      }
    }
  }
}
