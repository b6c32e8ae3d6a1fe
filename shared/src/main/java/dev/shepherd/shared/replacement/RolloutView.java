package dev.shepherd.shared.replacement;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a fleet's rollout says of its configs.
 *
 * @param live what the fleet is to run; absent before its first rollout has looked
 * @param since when the rollout came to where it is
 * @param completed the hashes that the whole fleet has run
 * @param failed the hashes in quarantine, each with the binary that failed
 * @param wellAtStart how many percent of the collectors were well when live was promoted
 * @param canaries the services that try a config which is not promoted
 * @param sourceIsLive whether a task that takes the config by name would read live's text
 */
public record RolloutView(
    Optional<ConfigHash> live,
    Instant since,
    List<ConfigHash> completed,
    List<Failed> failed,
    int wellAtStart,
    Set<ServiceName> canaries,
    boolean sourceIsLive) {
  private static final int ALL = 100;

  /** A hash in quarantine. */
  public record Failed(ConfigHash hash, String binary) {}

  /** Of a fleet that no rollout has looked at yet. */
  public static final RolloutView UNSEEN =
      new RolloutView(Optional.empty(), Instant.EPOCH, List.of(), List.of(), ALL, Set.of(), false);

  public RolloutView {
    completed = List.copyOf(completed);
    failed = List.copyOf(failed);
    canaries = Set.copyOf(canaries);
  }

  /** The promoted hash that the fleet has not completed. */
  Optional<ConfigHash> unproven() {
    return live.filter(hash -> !completed.contains(hash));
  }

  /** Whether the collector runs the unproven hash. */
  boolean isUnproven(Collector collector, ServiceState service) {
    return unproven()
        .filter(hash -> switch (collector.reference()) {
          case ConfigReference.Pinned pinned -> pinned.hash().equals(hash);
          case ConfigReference.Current _ ->
            service.owner() == ServiceState.Owner.SHEPHERD
                && !service.primary().createdAt().isBefore(since);
          case ConfigReference.ByName _ -> false;
        })
        .isPresent();
  }

  /** Whether the collector runs what is in quarantine. */
  boolean isQuarantined(Collector collector) {
    return collector.reference() instanceof ConfigReference.Pinned pinned
        && failed.contains(new Failed(pinned.hash(), collector.binary()));
  }
}
