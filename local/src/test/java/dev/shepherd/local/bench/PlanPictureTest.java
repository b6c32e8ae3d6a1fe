package dev.shepherd.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.shared.registration.RegistrationDecision;
import dev.shepherd.shared.registration.RegistrationPlan;
import dev.shepherd.shared.replacement.Cause;
import dev.shepherd.shared.replacement.Guard;
import dev.shepherd.shared.replacement.ReplacementDecision;
import dev.shepherd.shared.replacement.ReplacementPlan;
import dev.shepherd.shared.rollout.RolloutDecision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each picture makes its planner decide what the bench says that it measures. */
final class PlanPictureTest {
  private static final SampleFleets FLEETS = new SampleFleets(10_000);

  private static Object decided(PlanPicture picture) {
    return picture.draw(FLEETS).get();
  }

  private static ReplacementPlan replacement(PlanPicture picture) {
    return (ReplacementPlan) decided(picture);
  }

  private static List<RegistrationDecision> registration(PlanPicture picture) {
    return ((List<?>) decided(picture))
        .stream()
            .map(RegistrationPlan.class::cast)
            .flatMap(plan -> plan.decisions().stream())
            .toList();
  }

  private static int tasks(
      ReplacementPlan plan, Class<? extends ReplacementDecision.OfService> as) {
    return plan.decisions().stream()
        .filter(as::isInstance)
        .mapToInt(each -> as.cast(each).tasks().size())
        .sum();
  }

  @Test
  void everyPictureHasTheTasksThatItSays() {
    PlanFleet large = new PlanFleet(new SampleFleets(100_000));

    assertThat(large.size().tasks()).isEqualTo(105_000);
    assertThat(large.services()).isEqualTo(2_005);
  }

  @Test
  void aQuietRolloutIsDone() {
    assertThat(decided(PlanPicture.ROLLOUT_QUIET)).isInstanceOf(RolloutDecision.Done.class);
  }

  @Test
  void aRolloutBeginsWithTwentyProbes() {
    assertThat(decided(PlanPicture.ROLLOUT_BEGINS))
        .isInstanceOfSatisfying(
            RolloutDecision.StartTasks.class,
            start -> assertThat(start.orders()).hasSize(20));
  }

  @Test
  void inTheMidstOfARolloutFiveServicesBegin() {
    assertThat(decided(PlanPicture.ROLLOUT_MIDST))
        .isInstanceOfSatisfying(
            RolloutDecision.Deploy.class, deploy -> assertThat(deploy.orders()).hasSize(5));
  }

  @Test
  void aQuietFleetIsWell() {
    assertThat(replacement(PlanPicture.REPLACEMENT_QUIET).decisions())
        .singleElement()
        .isInstanceOf(ReplacementDecision.Well.class);
  }

  @Test
  void ofTheBrokenOnesAsManyAreReplacedAsMayBeAndTheOthersWait() {
    ReplacementPlan plan = replacement(PlanPicture.REPLACEMENT_BROKEN);

    assertThat(plan.sick()).isEqualTo(525);
    assertThat(tasks(plan, ReplacementDecision.Replace.class)).isEqualTo(100);
    assertThat(tasks(plan, ReplacementDecision.Wait.class)).isEqualTo(425);
    assertThat(plan.decisions())
        .filteredOn(ReplacementDecision.Wait.class::isInstance)
        .extracting(each -> ((ReplacementDecision.Wait) each).guard())
        .containsOnly(Guard.BUDGET, Guard.ECS);
  }

  @Test
  void whereAllAreBrokenAllAreHeld() {
    ReplacementPlan plan = replacement(PlanPicture.REPLACEMENT_STORM);

    assertThat(tasks(plan, ReplacementDecision.Hold.class)).isEqualTo(10_500);
    assertThat(plan.decisions())
        .allSatisfy(each -> assertThat(each)
            .isInstanceOfSatisfying(
                ReplacementDecision.Hold.class,
                hold -> assertThat(hold.cause()).isEqualTo(Cause.STORM)));
  }

  @Test
  void aQuietRegistryIsLeft() {
    assertThat(registration(PlanPicture.REGISTRATION_QUIET)).isEmpty();
  }

  @Test
  void theStaleOnesAreTakenOut() {
    assertThat(registration(PlanPicture.REGISTRATION_STALE))
        .hasSize(25)
        .hasOnlyElementsOfType(RegistrationDecision.Deregister.class);
  }
}
