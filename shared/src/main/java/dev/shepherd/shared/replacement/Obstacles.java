package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.DeploymentState.Progress;
import dev.shepherd.shared.fleet.ServiceState;
import java.util.Optional;

/** What stands against replacing any task of a service, however sick it is. */
final class Obstacles {
  private Obstacles() {}

  /** The first of them; empty when nothing does. */
  static Optional<Guard> of(
      ServiceState service, ReplacementSnapshot seen, ReplacementLimits limits) {
    if (service.owner() != ServiceState.Owner.SHEPHERD) {
      return Optional.of(Guard.UNMANAGED);
    }
    if (service.desired() == 0) {
      return Optional.of(Guard.NOT_WANTED);
    }
    if (limits.maxUnavailablePercent() == 0) {
      return Optional.of(Guard.REPORT_ONLY);
    }
    if (service.deployments().stream().anyMatch(each -> each.progress() == Progress.IN_PROGRESS)) {
      return Optional.of(Guard.DEPLOYMENT);
    }
    if (seen.rollouts().values().stream()
        .anyMatch(view -> view.canaries().contains(service.name()))) {
      return Optional.of(Guard.CANARY);
    }
    return readsUnproven(service, seen) ? Optional.of(Guard.BY_NAME) : Optional.empty();
  }

  private static boolean readsUnproven(ServiceState service, ReplacementSnapshot seen) {
    return service.definition().collectors().stream()
        .anyMatch(each -> each.reference() instanceof ConfigReference.ByName
            && !seen.rollout(each.reference().fleet()).sourceIsLive());
  }
}
