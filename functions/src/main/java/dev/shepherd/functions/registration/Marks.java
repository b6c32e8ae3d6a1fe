package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.Run;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.registration.Sighting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * What was seen and waits to be seen again, in each fleet's {@code registrations} parameter. Read
 * when there is something to compare, and once in the life of this instance of the function, so
 * that a quiet look needs no call; written when it has changed, and only then.
 */
final class Marks {
  private final RegistrationAws aws;
  private final ParameterNames names;

  /** As it was last read or written. */
  private final Map<FleetName, Map<String, Map<Sighting, Instant>>> known = new TreeMap<>();

  private final Map<FleetName, Map<String, Map<Sighting, Instant>>> changed = new TreeMap<>();

  Marks(RegistrationAws aws, ParameterNames names) {
    this.aws = aws;
    this.names = names;
  }

  /** A run begins; what an earlier one could not write is looked at anew. */
  void begin() {
    changed.clear();
  }

  /**
   * What was seen of a Cloud Map service before.
   *
   * @param needed whether something has to be confirmed; if not, what is known will do
   */
  Map<Sighting, Instant> of(FleetName fleet, String registry, boolean needed) {
    if (!known.containsKey(fleet) || (needed && !changed.containsKey(fleet))) {
      known.put(fleet, read(fleet));
    }
    return current(fleet).getOrDefault(registry, Map.of());
  }

  private Map<String, Map<Sighting, Instant>> read(FleetName fleet) {
    String name = names.registrations(fleet);
    return aws
        .getParameters(GetParametersRequest.builder().names(name).build())
        .parameters()
        .stream()
        .map(parameter -> MarksJson.read(parameter.value()))
        .findFirst()
        .orElseGet(Map::of);
  }

  private Map<String, Map<Sighting, Instant>> current(FleetName fleet) {
    return Optional.ofNullable(changed.get(fleet))
        .or(() -> Optional.ofNullable(known.get(fleet)))
        .orElseGet(Map::of);
  }

  /**
   * Keeps these of a Cloud Map service, and forgets what else was seen of it.
   *
   * @param now since when those are seen that were not seen before, to the next whole minute, so
   *     that no look counts as earlier than it was
   */
  void keep(FleetName fleet, String registry, Set<Sighting> suspected, Instant now) {
    Map<Sighting, Instant> before = current(fleet).getOrDefault(registry, Map.of());
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    Instant since = minute.equals(now) ? now : minute.plus(1, ChronoUnit.MINUTES);
    Map<Sighting, Instant> kept = new HashMap<>();
    suspected.forEach(each -> kept.put(each, before.getOrDefault(each, since)));
    if (!kept.equals(before)) {
      edit(fleet).put(registry, kept);
    }
  }

  /** Forgets the Cloud Map services of a fleet that are not among these. */
  void keepOnly(Set<String> registries) {
    Set.copyOf(known.keySet()).stream()
        .filter(fleet -> !registries.containsAll(current(fleet).keySet()))
        .forEach(fleet -> edit(fleet).keySet().retainAll(registries));
  }

  private Map<String, Map<Sighting, Instant>> edit(FleetName fleet) {
    return changed.computeIfAbsent(fleet, _ -> new HashMap<>(known.getOrDefault(fleet, Map.of())));
  }

  /** Writes what has changed; in a dry run it is only remembered. */
  void write(Run run) {
    changed.forEach((fleet, marks) -> run.guarded(fleet.toString(), () -> {
      marks.values().removeIf(Map::isEmpty);
      String text = MarksJson.write(marks);
      if (!run.dryRun()) {
        aws.putParameter(PutParameterRequest.builder()
            .name(names.registrations(fleet))
            .value(text)
            .type(ParameterType.STRING)
            .tier(ParameterTier.STANDARD)
            .overwrite(true)
            .build());
      }
      known.put(fleet, MarksJson.read(text));
    }));
    changed.clear();
  }
}
