package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.Services.app;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.running;
import static dev.shepherd.shared.rollout.Services.sidecar;
import static dev.shepherd.shared.rollout.Services.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FirstServiceTest {
  private static final ServiceState LARGE = app("large", 40);

  @ParameterizedTest
  @MethodSource("fleets")
  void goesFirst(Attempt fleet, int extra, String name) {
    String chosen = FirstService.of(fleet.moment(), extra)
        .map(service -> service.name().service())
        .orElse("");
    assertThat(chosen).isEqualTo(name);
  }

  static Stream<Arguments> fleets() {
    ServiceState two = app("two", 2);
    ServiceState three = app("three", 3);
    ServiceState none = app("none", 0);
    ServiceState current = sidecar(Service.current("current", 1).read(HEALTHY).state());
    ServiceState left =
        sidecar(Service.pinned("left", Fleets.H1, 8, 1).owner(Owner.TAGGED_OUT).state());
    return Stream.of(
        argumentSet("no service", in(Phase.CANARY), 0, ""),
        argumentSet("none of the sidecar pattern", in(Phase.CANARY, gateway("g", 12)), 0, ""),
        argumentSet("the smallest", fleet(three, two), 0, "two"),
        argumentSet("equal ones by name", fleet(app("b", 2), app("a", 2)), 0, "a"),
        argumentSet("the tagged one", fleet(two, tagged(three)), 0, "three"),
        argumentSet("a tagged one that is too large: none", fleet(two, tagged(LARGE)), 0, ""),
        argumentSet("too large", in(Phase.CANARY, app("a", 2), app("b", 2)), 0, ""),
        argumentSet("the only one", in(Phase.CANARY, app("a", 1)), 0, ""),
        argumentSet("just within the share", in(Phase.CANARY, app("a", 2), app("b", 6)), 0, "a"),
        argumentSet(
            "the canary tasks count as well", in(Phase.CANARY, app("a", 2), app("b", 6)), 1, ""),
        argumentSet("beside canary tasks", fleet(two), 4, "two"),
        argumentSet("without a running task", fleet(none, three), 0, "three"),
        argumentSet("current never", fleet(current, three), 0, "three"),
        argumentSet("managed=false never", fleet(left, three), 0, "three"),
        argumentSet("chosen already", fleet(two, three).first("three", 9), 0, "three"),
        argumentSet(
            "chosen already, and a smaller tagged one comes",
            fleet(tagged(two), three).first("three", 9),
            0,
            "three"),
        argumentSet(
            "chosen already, and none of its tasks runs just now",
            fleet(running(two, 0), three).first("two", 9),
            0,
            "two"),
        argumentSet("chosen already, and too large since", fleet(two).first("large", 9), 0, ""),
        argumentSet("chosen already, and gone", fleet(two).first("three", 9), 0, "two"));
  }

  private static Attempt fleet(ServiceState... services) {
    ServiceState[] all = Stream.concat(Stream.of(services), Stream.of(LARGE))
        .distinct()
        .toArray(ServiceState[]::new);
    boolean already = Stream.of(services).anyMatch(service -> service.name().equals(LARGE.name()));
    return in(Phase.CANARY, already ? services : all);
  }
}
