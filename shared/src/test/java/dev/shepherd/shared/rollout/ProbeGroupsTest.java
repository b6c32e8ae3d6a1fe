package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Attempt.in;
import static dev.shepherd.shared.rollout.ExtraTasks.draining;
import static dev.shepherd.shared.rollout.ExtraTasks.extra;
import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.V3;
import static dev.shepherd.shared.rollout.Services.gateway;
import static dev.shepherd.shared.rollout.Services.image;
import static dev.shepherd.shared.rollout.Services.role;
import static dev.shepherd.shared.rollout.Services.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import dev.shepherd.shared.rollout.RolloutDecision.ExtraOrder;
import dev.shepherd.shared.rollout.RolloutDecision.StartTasks;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeGroupsTest {
  private static final ServiceState GATEWAY = gateway("g", 12);

  private static ExtraTask older(String id) {
    return draining(extra(Kind.CANARY, "g", V3.hash(), id, HEALTHY));
  }

  private static Trial passed(Trial old, ServiceState... services) {
    return old.passed(Stream.of(services).map(each -> Probes.key(each, H2)).toList());
  }

  private static Attempt probing(ServiceState... services) {
    return in(Phase.PROBE, services);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void startsOneForEachRoleAndBinaryAsManyAsTheShareAllows(Attempt fleet, String[] beside) {
    StartTasks start = (StartTasks) fleet.plan();
    assertThat(start.orders())
        .allMatch(order -> order.count() == 1 && order.kind() == Kind.PROBE)
        .allMatch(order -> order.config().equals(H2) && order.token().length() <= 60)
        .extracting(order -> order.service().service())
        .containsExactlyInAnyOrder(beside);
    assertThat(start.orders()).extracting(ExtraOrder::token).doesNotHaveDuplicates();
    assertThat(fleet.plan()).isEqualTo(start);
  }

  static Stream<Arguments> groups() {
    ServiceState other = role(gateway("a", 2), "other");
    ServiceState newer = image(gateway("z", 2), "o/collector@sha256:" + "b".repeat(64));
    return Stream.of(
        argumentSet("one role, one binary", probing(GATEWAY, gateway("b", 2)), new String[] {"b"}),
        argumentSet("two roles", probing(GATEWAY, other), new String[] {"a", "g"}),
        argumentSet(
            "two roles, two binaries", probing(GATEWAY, other, newer), new String[] {"a", "g", "z"
            }),
        argumentSet(
            "the share allows one: the first key",
            probing(gateway("g", 2), other),
            new String[] {"g"}),
        argumentSet(
            "a surplus of a deployment makes no share larger",
            probing(running(gateway("g", 2), 6), other),
            new String[] {"g"}),
        argumentSet(
            "the first have passed",
            probing(gateway("g", 2), other).trial(old -> passed(old, other)),
            new String[] {"g"}),
        argumentSet(
            "what drains takes of the share",
            probing(gateway("g", 6), other)
                .ordered(5, older("c1"), older("c2"))
                .drained("g")
                .trial(Trial::step),
            new String[] {"g"}));
  }
}
