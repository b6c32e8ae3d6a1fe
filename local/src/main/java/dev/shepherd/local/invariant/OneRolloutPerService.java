package dev.shepherd.local.invariant;

import dev.shepherd.local.invariant.Configs.Taken;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Invariant 6: while Shepherd rolls one fleet's config over a service, it does not begin with
 * another fleet's, where a task holds two.
 */
final class OneRolloutPerService implements Rule {
  private final Configs configs;

  OneRolloutPerService(Configs configs) {
    this.configs = configs;
  }

  @Override
  public void before(Act act, Checks checks) {
    if (act.is("ecs:UpdateService") && !act.text("taskDefinition").isEmpty()) {
      configs
          .service(act)
          .ifPresent(service -> configs.definition(act.text("taskDefinition")).ifPresent(next -> {
            TaskDefinition now = service.primary().definition();
            boolean underWay = configs.isShepherds(now)
                && service.primary().rolloutState() == DeploymentRolloutState.IN_PROGRESS;
            checks.that(
                6,
                !underWay
                    || changed(now).containsAll(changed(next))
                    || changed(now).isEmpty(),
                () -> "%s begins with another fleet's config on %s, which is being rolled"
                    .formatted(act, service.name()));
          }));
    }
  }

  /** The configs that this revision of Shepherd's takes otherwise than the one it was made from. */
  private Set<String> changed(TaskDefinition definition) {
    Set<Taken> before = configs
        .tag(definition, "shepherd:from")
        .flatMap(from -> configs.definition(definition.family() + ":" + from))
        .map(base -> Set.copyOf(configs.taken(base)))
        .orElse(Set.of());
    Set<String> parameters = before.stream().map(Taken::parameter).collect(Collectors.toSet());
    return configs.taken(definition).stream()
        .filter(taken -> !parameters.contains(taken.parameter()))
        .map(Taken::config)
        .collect(Collectors.toSet());
  }
}
