package dev.shepherd.local.scenario;

import dev.shepherd.local.world.AwsFailure;
import java.util.function.BiConsumer;

/** Does to the world what a step says; what AWS refuses is written down and changes nothing. */
final class StepPlayer {
  private final Timeline timeline;
  private final OperatorSteps operator;
  private final TaskSteps tasks;
  private final RegistrationSteps registrations;
  private final Runnable endFaults;
  private final BiConsumer<String, Integer> killCall;

  /**
   * @param endFaults ends every fault
   * @param killCall kills a function at its nth call from now
   */
  StepPlayer(
      Timeline timeline,
      OperatorSteps operator,
      TaskSteps tasks,
      RegistrationSteps registrations,
      Runnable endFaults,
      BiConsumer<String, Integer> killCall) {
    this.timeline = timeline;
    this.operator = operator;
    this.tasks = tasks;
    this.registrations = registrations;
    this.endFaults = endFaults;
    this.killCall = killCall;
  }

  void play(Step step) {
    try {
      act(step);
    } catch (AwsFailure refused) {
      String kind = step.getClass().getSimpleName();
      timeline.step("", "AWS refuses the step " + kind + ": " + refused.getMessage());
    }
  }

  private void act(Step step) {
    switch (step) {
      case Step.Put put -> operator.put(put);
      case Step.Delete delete -> operator.delete(delete);
      case Step.Tag tag -> operator.tag(tag);
      case Step.Deploy deploy -> operator.deploy(deploy);
      case Step.Scale scale -> operator.scale(scale);
      case Step.Kill kill -> tasks.kill(kill);
      case Step.Unhealthy unhealthy -> tasks.unhealthy(unhealthy);
      case Step.Behave behave -> tasks.behave(behave);
      case Step.Orphan orphan -> registrations.orphan(orphan);
      case Step.Unregister unregister -> registrations.unregister(unregister);
      case Step.ReuseIp reuseIp -> registrations.reuseIp(reuseIp);
      case Step.ForeignInstance foreign -> registrations.foreign(foreign);
      case Step.StopHost stopHost -> tasks.stopHost(stopHost);
      case Step.Alarm alarm -> operator.alarm(alarm);
      case Step.KillCall kill -> {
        timeline.step(kill.function(), "is killed at its call " + kill.call() + " from now");
        killCall.accept(kill.function(), kill.call());
      }
      case Step.FaultsOff _ -> {
        timeline.step("", "all faults end");
        endFaults.run();
      }
    }
  }
}
