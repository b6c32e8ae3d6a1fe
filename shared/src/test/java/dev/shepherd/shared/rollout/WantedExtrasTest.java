package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.canary;
import static dev.shepherd.shared.rollout.ExtraTasks.draining;
import static dev.shepherd.shared.rollout.ExtraTasks.extra;
import static dev.shepherd.shared.rollout.ExtraTasks.probe;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WantedExtrasTest {
  @ParameterizedTest
  @MethodSource("wanted")
  void keepsWhatIsWanted(Attempt fleet, String[] wanted) {
    assertThat(new WantedExtras(fleet.moment()).of(fleet.extras()))
        .extracting(extra -> extra.task().id())
        .containsExactlyInAnyOrder(wanted);
  }

  static Stream<Arguments> wanted() {
    ServiceState[] fleet = {gateway("g", 12), gateway("h", 12)};
    ExtraTask live = extra(Kind.PROBE, "g", H1, "p-live", HEALTHY);
    ExtraTask older = extra(Kind.CANARY, "g", V3.hash(), "c-older", HEALTHY);
    ExtraTask[] all = {live, probe("g"), canary("g", 1), canary("h", 1), older};
    return Stream.of(
        row("probing", in(Phase.PROBE, fleet).extras(all), "p-g"),
        row(
            "probing, and its group has passed",
            in(Phase.PROBE, fleet)
                .extras(all)
                .trial(old -> old.passed(List.of(Probes.key(fleet[0], H2))))),
        row(
            "by name: can live be read?",
            in(Phase.PIN, Service.byName("g", 2).state()).extras(all),
            "p-live"),
        row("pinned", in(Phase.PIN, fleet).extras(all)),
        row("canaries", in(Phase.CANARY, fleet).extras(all), "c-g1", "c-h1"),
        row("baking", in(Phase.BAKE, fleet).extras(all), "p-g", "c-g1", "c-h1"),
        row(
            "what drains is never taken back",
            in(Phase.CANARY, fleet).extras(draining(canary("g", 1)), canary("h", 1)),
            "c-h1"),
        row(
            "beyond the share: each service keeps one",
            in(Phase.BAKE, gateway("g", 4), gateway("h", 2))
                .extras(canary("g", 1), canary("g", 2), canary("g", 3), canary("h", 1)),
            "c-g1",
            "c-h1"),
        row(
            "one is always allowed",
            in(Phase.BAKE, gateway("g", 1)).extras(canary("g", 1), canary("g", 2)),
            "c-g1"),
        row(
            "the first service counts",
            in(Phase.BAKE, gateway("g", 12), app("a", 3))
                .first("a", 9)
                .extras(canary("g", 1), canary("g", 2)),
            "c-g1"),
        row(
            "promoted",
            in(Phase.BAKE, fleet)
                .extras(all)
                .state(old -> old.promoted(H2, 100, Set.of(), true, NOW))),
        row("held", in(Phase.CANARY, fleet).extras(all).state(old -> old.holding("x", NOW))),
        row("withdrawn", in(Phase.CANARY, fleet).extras(all).state(old -> old.withdrawn(NOW))),
        row(
            "going back",
            in(Phase.CANARY, fleet)
                .extras(all)
                .state(old -> old.promoted(H2, 100, Set.of(), true, NOW)
                    .goingBack(new Quarantine(H2, "x", "failed"), NOW))));
  }

  private static Arguments row(String name, Attempt fleet, String... wanted) {
    return argumentSet(name, fleet, (Object) wanted);
  }
}
