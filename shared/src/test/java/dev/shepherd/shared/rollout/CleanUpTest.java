package dev.shepherd.shared.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.CleanUp.Made;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CleanUpTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ConfigHash LIVE = hash("a");
  private static final ConfigHash OLD = hash("b");
  private static final RolloutState IDLE =
      RolloutState.adopted(LIVE, List.of(), NOW.minus(Duration.ofDays(90)));
  private static final Set<String> NOTHING = Set.of();

  private static ConfigHash hash(String digit) {
    return new ConfigHash(digit.repeat(12));
  }

  private static Made made(String family, int revision, boolean shepherds, int days) {
    return new Made(
        family + ":" + revision,
        family,
        revision,
        shepherds,
        NOW.minus(Duration.ofDays(days)),
        Set.of(OLD));
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void choosesRevisions(RolloutState state, Made made, Set<String> inUse, boolean goes) {
    Made newer = made("app", 9, false, 0);
    assertThat(CleanUp.oldRevisions(state, List.of(made, newer), inUse, NOW))
        .isEqualTo(goes ? List.of(made) : List.of());
  }

  static Stream<Arguments> revisions() {
    Made old = made("app", 4, true, 30);
    Made probe = made("app-shepherd-probe", 4, true, 1);
    RolloutState held = IDLE.holding("no capacity", NOW);
    return Stream.of(
        argumentSet("unused for 30 days", IDLE, old, NOTHING, true),
        argumentSet("of 29 days ago", IDLE, made("app", 4, true, 29), NOTHING, false),
        argumentSet("in use", IDLE, old, Set.of("app:4"), false),
        argumentSet("someone else's", IDLE, made("app", 4, false, 400), NOTHING, false),
        argumentSet("its family's newest", IDLE, made("other", 4, true, 400), NOTHING, false),
        argumentSet("while the rollout is held", held, old, NOTHING, false),
        argumentSet("a probe's, its newest, of a day ago", IDLE, probe, NOTHING, true),
        argumentSet(
            "a probe's of today", IDLE, made("app-shepherd-probe", 4, true, 0), NOTHING, false),
        argumentSet("a probe's that runs", IDLE, probe, Set.of(probe.arn()), false),
        argumentSet("a canary's", IDLE, made("app-shepherd-canary", 4, true, 2), NOTHING, true),
        argumentSet(
            "named like one, but someone else's",
            IDLE,
            made("x-shepherd-canary", 4, false, 2),
            NOTHING,
            false));
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void choosesSnapshots(RolloutState state, ConfigHash hash, int days, boolean goes) {
    Map<ConfigHash, Instant> written = Map.of(hash, NOW.minus(Duration.ofDays(days)));
    assertThat(CleanUp.oldSnapshots(state, written, NOW))
        .isEqualTo(goes ? List.of(hash) : List.of());
  }

  static Stream<Arguments> snapshots() {
    RolloutState failed = IDLE.quarantining(new Quarantine(OLD, "v1", "crashed"));
    RolloutState replaced =
        IDLE.promoted(hash("c"), 100, Set.of(), true, NOW).finished(Set.of(), NOW);
    return Stream.of(
        argumentSet("of 30 days ago", IDLE, OLD, 30, true),
        argumentSet("of 29 days ago", IDLE, OLD, 29, false),
        argumentSet("live", IDLE, LIVE, 90, false),
        argumentSet("completed before", replaced, LIVE, 90, false),
        argumentSet("in quarantine", failed, OLD, 90, false),
        argumentSet(
            "in the waves", IDLE.promoted(hash("c"), 100, Set.of(), true, NOW), OLD, 90, false));
  }

  @Test
  void keepsWhatARevisionNames() {
    Made foreign = made("theirs", 1, false, 400);
    assertThat(
            CleanUp.plan(List.of(OLD, hash("c")), List.of(), List.of(foreign)).snapshots())
        .containsExactly(hash("c"));
  }

  @Test
  void takesAtMostSoManyAtOnce() {
    List<Made> many = IntStream.range(0, 50)
        .mapToObj(number -> made("app", number, true, 90 - number))
        .toList();
    List<Made> old = CleanUp.oldRevisions(IDLE, many, NOTHING, NOW);
    assertThat(old).hasSize(49);
    assertThat(CleanUp.plan(List.of(), old, many).revisions())
        .hasSize(CleanUp.AT_ONCE)
        .startsWith("app:0", "app:1");
  }

  @Test
  void looksOnceADay() {
    FleetName fleet = new FleetName("gateway");
    long times = IntStream.range(0, 3 * 24 * 60)
        .mapToObj(minute -> NOW.plus(Duration.ofMinutes(minute)))
        .filter(minute -> CleanUp.isDue(fleet, minute.minus(Duration.ofMinutes(1)), minute))
        .count();
    assertThat(times).isEqualTo(3);
    assertThat(CleanUp.isDue(fleet, NOW.minus(Duration.ofDays(1)), NOW)).isTrue();
  }
}
