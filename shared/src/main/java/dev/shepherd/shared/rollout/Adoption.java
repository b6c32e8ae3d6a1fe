package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * First sight of a fleet, or a fleet whose state is lost: what its tasks run becomes live as it
 * runs.
 *
 * <ol>
 *   <li>Snapshots in use: the one that {@code live} names, else the one that most tasks read.
 *   <li>Services that take {@code current}: its text.
 *   <li>By-name services with running tasks: the version of the source that was current when the
 *       oldest running task started.
 *   <li>Nothing runs: the newest text without errors.
 * </ol>
 *
 * <p>Restarts nothing, with one exception: services that Shepherd itself had pinned to another
 * snapshot, so that a rollout was on its way when its state was lost, go to live; nobody else would
 * end it. Writes nothing that is not run, but for a fleet that runs nothing.
 */
final class Adoption {
  private Adoption() {}

  static RolloutDecision plan(RolloutSnapshot snapshot, Instant now) {
    Map<ConfigHash, Integer> snapshots = snapshotsInUse(snapshot.services());
    if (!snapshots.isEmpty()) {
      ConfigHash hash =
          snapshot.live().filter(snapshots::containsKey).orElseGet(() -> mostRead(snapshots));
      return pinned(snapshot, hash, now);
    }
    boolean takesCurrent =
        references(snapshot.services()).anyMatch(ConfigReference.Current.class::isInstance);
    if (takesCurrent && snapshot.current().isPresent()) {
      return adopt(snapshot.current().get(), now, "its services take the text of current");
    }
    if (snapshot.source().isEmpty()) {
      return new RolloutDecision.Wait("there is no config parameter, and no snapshot in use");
    }
    return ofSource(snapshot, snapshot.source().get(), now);
  }

  /** What Shepherd pinned elsewhere was on its way when the state was lost. */
  private static RolloutDecision pinned(RolloutSnapshot snapshot, ConfigHash hash, Instant now) {
    ConfigReference live = new ConfigReference.Pinned(snapshot.fleet(), hash);
    List<ServiceState> elsewhere = snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .filter(service -> service.definition().madeFrom().isPresent())
        .filter(service -> references(List.of(service))
            .anyMatch(own -> own instanceof ConfigReference.Pinned && !own.equals(live)))
        .toList();
    RolloutState adopted = RolloutState.adopted(hash, List.of(), now);
    return new RolloutDecision.Adopt(
        Optional.empty(),
        elsewhere.isEmpty() ? adopted : adopted.gathering(now),
        "first sight: its services are pinned to " + hash
            + (elsewhere.isEmpty()
                ? ""
                : ", but for " + elsewhere.size() + " that a lost rollout had pinned elsewhere"));
  }

  private static RolloutDecision ofSource(
      RolloutSnapshot snapshot, ConfigVersion source, Instant now) {
    List<ServiceState> running =
        snapshot.services().stream().filter(service -> service.running() > 0).toList();
    Set<ServiceName> unseen = running.stream()
        .filter(service -> service.tasks().isEmpty())
        .map(ServiceState::name)
        .collect(Collectors.toSet());
    if (!unseen.isEmpty()) {
      return RolloutDecision.Look.tasks(unseen, "first sight: what do its tasks run?")
          .lately(unseen);
    }
    Optional<Instant> oldest = running.stream()
        .flatMap(service -> service.tasks().stream().flatMap(Collection::stream))
        .filter(TaskState::running)
        .flatMap(task -> task.startedAt().stream())
        .min(Comparator.naturalOrder());
    boolean newestServes =
        oldest.map(start -> !source.writtenAt().isAfter(start)).orElse(!source.hasErrors());
    if (newestServes) {
      return adopt(source, now, whatRuns(oldest));
    }
    if (snapshot.history().isEmpty()) {
      return RolloutDecision.Look.history("first sight: which version do its tasks run?");
    }
    return ofHistory(snapshot.history().get(), oldest, now);
  }

  private static RolloutDecision ofHistory(
      List<ConfigVersion> history, Optional<Instant> oldest, Instant now) {
    Optional<ConfigVersion> run = history.stream()
        .filter(version -> oldest
            .map(start -> !version.writtenAt().isAfter(start))
            .orElseGet(() -> !version.hasErrors()))
        .reduce((_, later) -> later);
    return run.map(version -> adopt(version, now, whatRuns(oldest)))
        .orElseGet(() -> new RolloutDecision.Wait(
            oldest.isPresent()
                ? "its tasks are older than every version of the config that is left: start them anew"
                : "no version of the config is without errors yet"));
  }

  private static String whatRuns(Optional<Instant> oldest) {
    return oldest
        .map(start -> "its oldest task started at " + start)
        .orElse("nothing runs yet, and this is the newest text without errors");
  }

  private static RolloutDecision adopt(ConfigVersion version, Instant now, String why) {
    return new RolloutDecision.Adopt(
        Optional.of(version),
        RolloutState.adopted(version.hash(), version.shortFindings(), now),
        "first sight: " + why + ", so " + version + " is live");
  }

  private static Map<ConfigHash, Integer> snapshotsInUse(List<ServiceState> services) {
    return services.stream()
        .flatMap(service -> references(List.of(service))
            .filter(ConfigReference.Pinned.class::isInstance)
            .map(ConfigReference.Pinned.class::cast)
            .map(pinned -> Map.entry(pinned.hash(), service.running())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
  }

  private static ConfigHash mostRead(Map<ConfigHash, Integer> snapshots) {
    return snapshots.entrySet().stream()
        .max(Map.Entry.<ConfigHash, Integer>comparingByValue()
            .thenComparing(entry -> entry.getKey().toString()))
        .orElseThrow()
        .getKey();
  }

  private static Stream<ConfigReference> references(List<ServiceState> services) {
    return services.stream()
        .flatMap(service -> service.definition().collectors().stream())
        .map(collector -> collector.reference());
  }
}
