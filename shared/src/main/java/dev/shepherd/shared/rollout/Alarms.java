package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the CloudWatch alarms say of a config that the managed services name by
 * {@code shepherd:alarms}:
 *
 * <ol>
 *   <li>one that was OK when the rollout began, or began again after a hold before the promotion,
 *       and has gone to ALARM since the config runs anywhere, blames it;
 *   <li>any other that is in ALARM holds the rollout: it was so before, or nobody knows;
 *   <li>one without data says nothing, and one that does not exist is told.
 * </ol>
 *
 * @param managed the services that Shepherd rolls
 * @param read the alarms of those services that there are; absent while nobody has asked for them
 * @param okAtStart the {@link #key keys} of those that were OK; absent while that was not looked at
 */
record Alarms(
    List<ServiceState> managed, Optional<List<AlarmState>> read, Optional<List<String>> okAtStart) {
  /** How many keys are remembered; an alarm beyond them can only hold. */
  static final int MAX_KEPT = 40;

  private static final int KEY_DIGITS = 8;

  static Alarms of(RolloutSnapshot snapshot, RolloutState state) {
    List<ServiceState> managed = snapshot.services().stream()
        .filter(service -> service.owner() == ServiceState.Owner.SHEPHERD)
        .toList();
    return new Alarms(managed, snapshot.alarms(), state.okAlarms());
  }

  /** Whether alarms are named that nobody has looked at. */
  boolean areUnseen() {
    return !names().isEmpty() && read.isEmpty();
  }

  /** Whether alarms are named, and nobody knows how they stood at the start. */
  boolean needStart() {
    return !names().isEmpty() && okAtStart.isEmpty();
  }

  /** How they stand now, to be remembered as the start; absent where none is named. */
  Optional<List<String>> start() {
    return read.filter(_ -> !names().isEmpty())
        .map(alarms -> alarms.stream()
            .filter(alarm -> alarm.state() == AlarmState.State.OK)
            .map(alarm -> key(alarm.name()))
            .distinct()
            .limit(MAX_KEPT)
            .toList());
  }

  /**
   * The config is blamed by the first alarm that turned.
   *
   * @param config the hash that is tried
   * @param ranSince since when it runs anywhere: what turned before that is not its fault
   */
  Optional<Quarantine> quarantine(ConfigHash config, Instant ranSince) {
    return inAlarm(alarm -> isTurned(alarm, ranSince)).stream()
        .findFirst()
        .map(alarm -> new Quarantine(
            config,
            binary(alarm.name()),
            "the alarm " + alarm.name() + " was OK and went to ALARM at " + alarm.since()));
  }

  /** Why the rollout goes on no further by itself: alarms that stand for another reason. */
  Optional<String> hold(Instant ranSince) {
    return Optional.of(inAlarm(alarm -> !isTurned(alarm, ranSince)).stream()
            .map(AlarmState::name)
            .collect(Collectors.joining(", ")))
        .filter(names -> !names.isEmpty())
        .map(names -> "in ALARM, and not OK before the config ran: " + names);
  }

  /** What to say of the names that no alarm has; empty when there is none, or none was read. */
  String missing() {
    List<String> found = read.orElse(List.of()).stream().map(AlarmState::name).toList();
    String missing = names().stream()
        .filter(name -> read.isPresent() && !found.contains(name))
        .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "" : "; shepherd:alarms names what does not exist: " + missing;
  }

  private List<String> names() {
    return managed.stream()
        .flatMap(service -> service.alarms().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private List<AlarmState> inAlarm(Predicate<AlarmState> kind) {
    return read.orElse(List.of()).stream()
        .filter(alarm -> alarm.state() == AlarmState.State.ALARM)
        .filter(kind)
        .toList();
  }

  private boolean isTurned(AlarmState alarm, Instant ranSince) {
    return okAtStart.orElse(List.of()).contains(key(alarm.name()))
        && !alarm.since().isBefore(ranSince);
  }

  /** The binary that runs where the alarm looks. */
  private String binary(String alarm) {
    return managed.stream()
        .filter(service -> service.alarms().contains(alarm))
        .flatMap(service -> service.definition().collectors().stream())
        .map(Collector::binary)
        .findFirst()
        .orElse(Commands.EVERY_BINARY);
  }

  /** Eight hexadecimal digits that tell a name from others of the fleet. */
  private static String key(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // Every Java platform has it.
    }
  }
}
