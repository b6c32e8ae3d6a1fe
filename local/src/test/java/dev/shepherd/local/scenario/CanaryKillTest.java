package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Killed at any call of a rollout with probes, canaries and a first service, it ends the same. */
class CanaryKillTest {
  private static final Behaviour LATE = new Behaviour.Crash(Duration.ofSeconds(150));
  private static final List<String> SMALL = List.of(
      "{name: gate, pattern: service, tasks: 4}",
      "{name: side, pattern: sidecar, tasks: 1}",
      "{name: large, pattern: sidecar, tasks: 3}");

  private static final int MOST_MINUTES = 25;

  private static Stand killedAt(int call) throws IOException {
    return CanaryStand.of(
        Stand.QUICK,
        SMALL,
        "steps:\n  - {at: 3m, killCall: {function: ConfigRollout, call: " + call + "}}\n");
  }

  /** Lets time pass until the rollout is over, and nothing of it is left. */
  private static void passToTheEnd(Stand stand) {
    stand.pass(6);
    for (int minute = 6; minute < MOST_MINUTES && !isOver(stand); minute++) {
      stand.pass(1);
    }
    stand.pass(1);
  }

  private static boolean isOver(Stand stand) {
    return stand.state("gateway").path("phase").asText().equals("idle")
        && !stand.state("gateway").has("trial")
        && CanaryStand.extras(stand).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("good")
  void rollsAGoodConfig(int call) throws IOException {
    Stand stand = killedAt(call);
    stand.put("gateway", BETTER);
    passToTheEnd(stand);
    CanaryStand.isInnocent(stand);
    CanaryStand.endsOn(stand, BETTER);
    assertThat(stand.state("gateway").has("held")).as(stand.decisions()).isFalse();
    assertThat(CanaryStand.share(stand)).as(stand.decisions()).isLessThanOrEqualTo(0.25);
    assertThat(stand.definition("large").revision()).isLessThanOrEqualTo(3);
  }

  static IntStream good() throws IOException {
    return each(calls(new Behaviour.Ok()));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void takesABadConfigBack(int call) throws IOException {
    Stand stand = killedAt(call);
    CanaryStand.edit(stand, LATE);
    passToTheEnd(stand);
    CanaryStand.isTakenBack(stand, "exited with 1");
  }

  static IntStream bad() throws IOException {
    return each(calls(LATE));
  }

  /** Each fifth call; with {@code -Dshepherd.killStride=1} every one, which takes minutes. */
  private static IntStream each(int calls) {
    int stride = Integer.getInteger("shepherd.killStride", 5);
    return IntStream.rangeClosed(1, calls).filter(call -> call % stride == 1 % stride);
  }

  /** How many calls ConfigRollout makes for this. */
  private static int calls(Behaviour behaviour) throws IOException {
    Stand stand = CanaryStand.of(Stand.QUICK, SMALL, "");
    AtomicInteger calls = new AtomicInteger();
    stand.simulation.face().hook(new CallHook() {
      @Override
      public void before(String operation, ObjectNode request) {
        boolean own = stand
            .simulation
            .host()
            .caller()
            .filter(caller -> caller.function().equals("ConfigRollout"))
            .isPresent();
        calls.addAndGet(own ? 1 : 0);
      }
    });
    CanaryStand.edit(stand, behaviour);
    passToTheEnd(stand);
    return calls.get();
  }
}
