package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.Held;
import dev.shepherd.shared.rollout.Moving;
import dev.shepherd.shared.rollout.Quarantine;
import dev.shepherd.shared.rollout.Rejection;
import dev.shepherd.shared.rollout.RolloutState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import dev.shepherd.shared.rollout.Trial;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {
  private static final ConfigHash A = new ConfigHash("aaaaaaaaaaaa");
  private static final ConfigHash B = new ConfigHash("bbbbbbbbbbbb");
  private static final Instant T = Instant.parse("2026-05-11T10:00:00Z");

  @ParameterizedTest
  @MethodSource("states")
  void readsWhatItWrote(RolloutState state) {
    assertThat(StateJson.read(StateJson.write(state), "state")).isEqualTo(state);
  }

  static Stream<Arguments> states() {
    return Stream.of(
        argumentSet("adopted", state(List.of(A), Optional.empty(), List.of(), "", "")),
        argumentSet(
            "rolling",
            state(List.of(A, B), Optional.of(B), List.of(moving("gateway", true)), "", "")),
        argumentSet(
            "intent alone",
            state(List.of(A), Optional.of(B), List.of(moving("gateway", false)), "", "")),
        argumentSet(
            "rejected and held",
            state(List.of(A), Optional.empty(), List.of(), "3:4 \"no\" «pipeline»", "stuck\n")));
  }

  private static RolloutState state(
      List<ConfigHash> completed,
      Optional<ConfigHash> candidate,
      List<Moving> moving,
      String rejected,
      String held) {
    return new RolloutState(
        A,
        Optional.of(B),
        completed,
        candidate,
        Phase.WAVES,
        T,
        moving,
        List.of("warning 3:4 image-latest"),
        Optional.of(rejected).filter(r -> !r.isEmpty()).map(r -> new Rejection(B, 7, r)),
        List.of(new Quarantine(B, "sha256:ab", "prod/a task 1 collector: exited with 1")),
        Optional.of(A),
        95,
        Optional.of(Collections.nCopies(40, "0123abcd")),
        Optional.of(held).filter(h -> !h.isEmpty()).map(h -> new Held(h, T, 2)),
        new Trial(
            true,
            3,
            Optional.of(T),
            Optional.of(T),
            2,
            Optional.empty(),
            Optional.of(T),
            Optional.empty(),
            Optional.of(new ServiceName("prod", "checkout")),
            List.of("0a1b2c3d"),
            true),
        List.of(new RolloutState.Proof(A, "sha256:0123456789ab")),
        true);
  }

  private static Moving moving(String service, boolean started) {
    Moving mark = new Moving(
        new ServiceName("prod", service),
        B,
        "arn:aws:ecs:eu-west-1:111122223333:task-definition/" + service + ":8",
        Optional.empty(),
        T,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(T));
    return started
        ? mark.started("ecs-svc/1234567890123456789", mark.from(), Optional.empty())
        : mark;
  }

  /** As full as the planner makes it; one with longer names and reasons than usual. */
  private static RolloutState full(int moving, String service) {
    RolloutState few = state(
        Collections.nCopies(RolloutState.MAX_COMPLETED, A),
        Optional.of(B),
        Collections.nCopies(moving, moving(service, true)),
        "x".repeat(5000),
        "y".repeat(5000));
    Trial trial = new Trial(
        true,
        12,
        Optional.of(T),
        Optional.of(T),
        9_999,
        Optional.of(T),
        Optional.of(T),
        Optional.of(T),
        Optional.of(new ServiceName("prod", service)),
        Collections.nCopies(24, "0a1b2c0a1b2c3d"),
        true);
    return new RolloutState(
        few.live(),
        few.previous(),
        few.completed(),
        few.candidate(),
        few.phase(),
        few.since(),
        few.moving(),
        Collections.nCopies(5, "warning 3:4 image-latest"),
        few.rejected(),
        Collections.nCopies(
            RolloutState.MAX_QUARANTINED,
            new Quarantine(B, "sha256:0123456789ab", "prod/checkout task " + "y".repeat(500))),
        few.released(),
        few.wellAtStart(),
        few.okAlarms(),
        few.held(),
        trial,
        Collections.nCopies(
            RolloutState.MAX_PROOFS, new RolloutState.Proof(A, "sha256:0123456789ab")),
        few.retiring());
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkout", "a-service-of-thirty-characters"})
  void fitsWithEverythingAtItsMost(String service) {
    RolloutState full = full(10, service);
    String text = StateJson.write(full);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    RolloutState read = StateJson.read(text, "state");
    assertThat(read.trial()).isEqualTo(full.trial());
    assertThat(read.moving()).isEqualTo(full.moving());
    assertThat(read.completed()).isEqualTo(full.completed());
    assertThat(read.okAlarms()).isEqualTo(full.okAlarms());
    assertThat(read.quarantined())
        .extracting(failed -> failed.hash() + failed.binary())
        .isEqualTo(full.quarantined().stream()
            .map(failed -> failed.hash() + failed.binary())
            .toList());
    assertThat(StateJson.read(StateJson.write(read), "state").moving()).isEqualTo(read.moving());
  }

  /** Whatever is begun because there was room can be remembered to its end. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 30, 64, 255})
  void hasRoomForWhatServicesUnderWayComeToRemember(int length) {
    RolloutState begun = IntStream.rangeClosed(1, 100)
        .mapToObj(count -> state(
            List.of(A),
            Optional.of(B),
            Collections.nCopies(count, moving("s".repeat(length), false)),
            "",
            ""))
        .takeWhile(StateJson::hasRoomFor)
        .reduce((_, later) -> later)
        .orElseThrow();
    RolloutState full = full(0, "s".repeat(length));
    RolloutState later = new RolloutState(
        begun.live(),
        begun.previous(),
        begun.completed(),
        begun.candidate(),
        begun.phase(),
        begun.since(),
        Collections.nCopies(begun.moving().size(), moving("s".repeat(length), true)),
        begun.findings(),
        full.rejected(),
        Collections.nCopies(2, full.quarantined().getFirst()),
        begun.released(),
        begun.wellAtStart(),
        full.okAlarms(),
        full.held(),
        full.trial(),
        full.proofs(),
        begun.retiring());
    assertThat(StateJson.read(StateJson.write(later), "state").moving()).isEqualTo(later.moving());
  }

  @Test
  void hasRoomForTheMostThatTheStackTakes() {
    RolloutState usual = state(
        Collections.nCopies(10, A),
        Optional.of(B),
        Collections.nCopies(10, moving("a-service-of-thirty-characters", false)),
        "",
        "");
    assertThat(StateJson.hasRoomFor(usual)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void readsATrialThatItWrote(Trial trial) {
    RolloutState few = state(List.of(A), Optional.empty(), List.of(), "", "");
    RolloutState state = new RolloutState(
        few.live(),
        few.previous(),
        few.completed(),
        few.candidate(),
        Phase.BAKE,
        few.since(),
        few.moving(),
        few.findings(),
        few.rejected(),
        few.quarantined(),
        few.released(),
        few.wellAtStart(),
        few.okAlarms(),
        few.held(),
        trial,
        few.proofs(),
        few.retiring());
    assertThat(StateJson.read(StateJson.write(state), "state")).isEqualTo(state);
  }

  static Stream<Arguments> trials() {
    Trial full = full(1, "checkout").trial();
    Trial some = new Trial(
        false,
        0,
        Optional.of(T),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false);
    return Stream.of(
        argumentSet("empty", Trial.NONE),
        argumentSet("extra tasks may be left", some),
        argumentSet("full", full));
  }

  @Test
  void keepsAnArnOfAnotherAccountWhole() {
    Moving mark = moving("gateway", true);
    Moving moved = mark.started(
        "ecs-svc/1",
        "arn:aws:ecs:us-east-1:999999999999:task-definition/gateway:9",
        Optional.of("arn:aws:ecs:eu-west-1:111122223333:task-definition/gateway-2:10"));
    RolloutState state =
        state(List.of(A), Optional.of(B), List.of(mark, moved, moving("other", false)), "", "");
    assertThat(StateJson.read(StateJson.write(state), "state")).isEqualTo(state);
    assertThat(StateJson.write(state)).containsOnlyOnce("eu-west-1").contains("us-east-1");
  }

  @Test
  void fitsAStandardParameterWithEverythingAtItsLongestUsualLength() {
    String name = "checkout-service-with-a-long-name-of-sixty-four-characters-abcdef";
    RolloutState full = state(
        Collections.nCopies(10, A),
        Optional.of(B),
        Collections.nCopies(5, moving(name, true)),
        "x".repeat(5000),
        "y".repeat(5000));
    assertThat(StateJson.write(full).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(4096);
  }

  @Test
  void cutsReasonsRatherThanNotFit() {
    RolloutState few = state(
        Collections.nCopies(10, A),
        Optional.of(B),
        Collections.nCopies(5, moving("checkout", true)),
        "x".repeat(900),
        "");
    RolloutState full = new RolloutState(
        few.live(),
        few.previous(),
        few.completed(),
        few.candidate(),
        few.phase(),
        few.since(),
        few.moving(),
        few.findings(),
        few.rejected(),
        Collections.nCopies(
            10, new Quarantine(B, "sha256:0123456789ab", "prod/checkout task " + "y".repeat(500))),
        few.released(),
        few.wellAtStart(),
        few.okAlarms(),
        Optional.of(new Held("z".repeat(900), T, 3)),
        few.trial(),
        few.proofs(),
        few.retiring());
    RolloutState read = StateJson.read(StateJson.write(full), "state");
    assertThat(read.quarantined())
        .hasSize(10)
        .allMatch(failed -> failed.reason().startsWith("prod/"));
    assertThat(read.moving()).isEqualTo(full.moving());
    assertThat(read.held()).isPresent();
  }

  @Test
  void refusesToWriteWhatDoesNotFit() {
    RolloutState huge = state(
        List.of(A), Optional.of(B), Collections.nCopies(20, moving("g".repeat(255), true)), "", "");
    assertThatThrownBy(() -> StateJson.write(huge))
        .hasMessageContaining("over 4096 bytes; delete it");
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void leavesTheFleetAloneOverAStateThatItCannotRead(String text) {
    assertThatThrownBy(() -> StateJson.read(text, "/shepherd/collectors/gateway/state"))
        .isInstanceOf(ReconcileException.class)
        .hasMessageContaining("/shepherd/collectors/gateway/state")
        .hasMessageContaining("delete it");
  }

  static Stream<Arguments> unreadable() {
    String good = StateJson.write(state(List.of(A), Optional.empty(), List.of(), "", ""));
    return Stream.of(
        argumentSet("empty", ""),
        argumentSet("not JSON", "live"),
        argumentSet("a list", "[]"),
        argumentSet("a later schema", good.replace("\"schema\":1", "\"schema\":2")),
        argumentSet("no live", good.replace("\"live\"", "\"alive\"")),
        argumentSet("a hash that is none", good.replace("aaaaaaaaaaaa", "zzz")),
        argumentSet("a phase that is none", good.replace("waves", "ripples")),
        argumentSet("a time that is none", good.replace("2026-05-11T10:00:00Z", "noon")),
        argumentSet(
            "a service under way of an earlier form",
            good.replace("\"moving\":[]", "\"moving\":[{}]")),
        argumentSet("a line cut short", good.replace("\"moving\":[]", "\"moving\":[\"prod/a -\"]")),
        argumentSet("completed is text", good.replace("[\"aaaaaaaaaaaa\"]", "\"aaaaaaaaaaaa\"")));
  }
}
