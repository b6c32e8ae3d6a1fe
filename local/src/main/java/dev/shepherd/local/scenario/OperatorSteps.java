package dev.shepherd.local.scenario;

import dev.shepherd.local.world.World;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What people do: edit configs, tag, ship apps, scale. */
final class OperatorSteps {
  private final World world;
  private final Stage stage;
  private final Timeline timeline;

  OperatorSteps(World world, Stage stage, Timeline timeline) {
    this.world = world;
    this.stage = stage;
    this.timeline = timeline;
  }

  void put(Step.Put step) {
    timeline.step(step.parameter(), "an operator writes " + step.label());
    stage.put(step.parameter(), step.text());
  }

  void delete(Step.Delete step) {
    timeline.step(step.parameter(), "an operator deletes it");
    world.parameters().delete(step.parameter());
  }

  void tag(Step.Tag step) {
    world.parameters().get(step.parameter()).tags().put(step.key(), step.value());
    timeline.step(
        step.parameter(), "an operator tags it %s=%s".formatted(step.key(), step.value()));
  }

  void deploy(Step.Deploy step) {
    ServiceSpec spec = stage.spec(step.service());
    TaskDefinition release = stage.release(spec, stage.sourceNow(spec, step.reference()));
    world
        .ecs()
        .updateService(update(spec).taskDefinition(release.taskDefinitionArn()).build());
    timeline.step(
        step.service(),
        "%s ships %s:%d, which takes its config %s"
            .formatted(step.by(), release.family(), release.revision(), step.reference()));
  }

  void scale(Step.Scale step) {
    ServiceSpec spec = stage.spec(step.service());
    world.ecs().updateService(update(spec).desiredCount(step.tasks()).build());
    timeline.step(step.service(), "someone scales it to " + step.tasks() + " tasks");
  }

  void alarm(Step.Alarm step) {
    world.alarms().set(step.name(), StateValue.fromValue(step.state()));
    timeline.step("", "the alarm %s is now %s".formatted(step.name(), step.state()));
  }

  private static UpdateServiceRequest.Builder update(ServiceSpec spec) {
    return UpdateServiceRequest.builder().cluster(spec.cluster()).service(spec.name());
  }
}
