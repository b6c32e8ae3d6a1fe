package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.CanaryStand.MIXED;
import static dev.shepherd.local.scenario.Stand.BETTER;
import static dev.shepherd.local.scenario.Stand.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not the config's fault holds its trial, and quarantines nothing. */
class ConfigRolloutHeldTest {
  private static Stand byName() throws IOException {
    return Stand.of(CanaryStand.POLICY + "fleets:\n"
            + Stand.fleetYaml("gateway", MIXED.toArray(String[]::new)))
        .pass(3);
  }

  private static Ecs ecs(Stand stand) {
    return stand.simulation.world().ecs();
  }

  @Test
  void touchesNothingBeforeTheRolesMayReadTheSnapshots() throws IOException {
    Stand stand = byName();
    ecs(stand).denySecrets((role, parameter) -> parameter.contains("/revisions/"));
    stand.put("gateway", BETTER);
    stand.pass(20);
    for (String service : new String[] {"gate", "side", "large"}) {
      assertThat(stand.definition(service).revision()).isEqualTo(1);
      assertThat(stand.textsRead(service)).containsExactly(GOOD);
    }
    assertThat(CanaryStand.held(stand))
        .contains("-execution to read it: {\"Effect\":\"Allow\",\"Action\":\"ssm:GetParameters\"")
        .contains(":parameter/shepherd/*/gateway/revisions/*");
    CanaryStand.isClean(stand);
    assertThat(stand.simulation.report().restarts()).isZero();
    ecs(stand).denySecrets((role, parameter) -> false);
    stand.pass(75);
    CanaryStand.isInnocent(stand);
    CanaryStand.endsOn(stand, BETTER);
  }

  @ParameterizedTest
  @MethodSource("shortages")
  void isHeldByAShortageUntilItIsOver(Consumer<Ecs> begin, Consumer<Ecs> end, String because)
      throws IOException {
    Stand stand = CanaryStand.of(MIXED);
    begin.accept(ecs(stand));
    stand.put("gateway", BETTER);
    for (int minute = 0; minute < 12 && CanaryStand.held(stand).isEmpty(); minute++) {
      stand.pass(1);
    }
    assertThat(CanaryStand.held(stand)).as(stand.decisions()).contains(because);
    stand.pass(4);
    assertThat(CanaryStand.extras(stand)).as(stand.decisions()).isEmpty();
    stand.pass(20);
    assertThat(stand.textsRead("side")).containsExactly(GOOD);
    assertThat(stand.textsRead("large")).containsExactly(GOOD);
    assertThat(stand
            .decisions()
            .lines()
            .filter(line -> line.contains("held until"))
            .map(line -> line.replaceAll("prod/.*", ""))
            .distinct())
        .as("again and again")
        .hasSizeGreaterThan(1);
    end.accept(ecs(stand));
    stand.pass(90);
    CanaryStand.isInnocent(stand);
    CanaryStand.endsOn(stand, BETTER);
  }

  static Stream<Arguments> shortages() {
    Consumer<Ecs> placeAgain = ecs -> ecs.denyCapacity(definition -> false);
    Consumer<Ecs> imagesAgain = ecs -> ecs.denyImages(image -> false);
    Consumer<Ecs> readAgain = ecs -> ecs.denySecrets((role, parameter) -> false);
    return Stream.of(
        argumentSet("no place for a probe", noPlace("-probe"), placeAgain, "Capacity"),
        argumentSet("no place for a canary", noPlace("-canary"), placeAgain, "Capacity"),
        argumentSet(
            "no image",
            (Consumer<Ecs>) ecs -> ecs.denyImages(image -> image.contains("@sha256")),
            imagesAgain,
            "CannotPullContainerError"),
        argumentSet(
            "no access any more",
            (Consumer<Ecs>) ecs -> ecs.denySecrets((role, _) -> role.contains("side")),
            readAgain,
            "role/side-execution to read it"));
  }

  private static Consumer<Ecs> noPlace(String family) {
    return ecs -> ecs.denyCapacity(definition -> definition.family().endsWith(family));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void isHeldByATaskThatIsTakenAway(
      String phase, Predicate<WorldTask> which, Consumer<Ender> end, String because)
      throws IOException {
    Stand stand = CanaryStand.of(MIXED);
    stand.put("gateway", BETTER);
    stand.passTo(phase);
    stand.simulation.runTo(stand.simulation.now().plusSeconds(70));
    WorldTask task =
        CanaryStand.extras(stand).stream().filter(which).findFirst().orElseThrow();
    end.accept(new Ender(ecs(stand), task));
    stand.pass(4);
    assertThat(CanaryStand.held(stand)).as(stand.decisions()).contains(because);
    assertThat(CanaryStand.extras(stand)).as(stand.decisions()).isEmpty();
    assertThat(stand.textsRead("side")).as(stand.decisions()).containsExactly(GOOD);
    stand.pass(40);
    CanaryStand.isInnocent(stand);
    CanaryStand.endsOn(stand, BETTER);
  }

  record Ender(Ecs ecs, WorldTask task) {}

  static Stream<Arguments> ends() {
    Predicate<WorldTask> any = task -> true;
    Consumer<Ender> spot = each -> each.ecs.interruptSpot(each.task);
    Consumer<Ender> someone = each -> each.ecs.stopTask(each.task, "someone was here");
    return Stream.of(
        argumentSet("Spot takes a probe", "probe", any, spot, "Spot"),
        argumentSet("Spot takes a canary", "bake", any, spot, "Spot"),
        argumentSet("somebody stops a probe", "probe", any, someone, "someone was here"),
        argumentSet("somebody stops a canary", "bake", any, someone, "someone was here"));
  }
}
