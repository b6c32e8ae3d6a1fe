package dev.shepherd.local.scenario;

import dev.shepherd.local.world.Behaviour;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.ecs.model.HealthStatus;

/** What happens to tasks by themselves: containers that die, fall ill or behave by their text. */
final class TaskSteps {
  private final World world;
  private final Stage stage;
  private final Timeline timeline;
  private final Random random;
  private final Restarts restarts;

  TaskSteps(World world, Stage stage, Timeline timeline, Random random, Restarts restarts) {
    this.world = world;
    this.stage = stage;
    this.timeline = timeline;
    this.random = random;
    this.restarts = restarts;
  }

  void kill(Step.Kill step) {
    List<WorldTask> victims = drawn(stage.running(step.service()), step.tasks());
    for (WorldTask task : victims) {
      restarts.killed(task.arn());
      world.ecs().kill(task, step.container(), 1);
    }
    timeline.step(
        step.service(),
        "the container %s of %d tasks exits with code 1"
            .formatted(step.container(), victims.size()));
  }

  void unhealthy(Step.Unhealthy step) {
    List<WorldTask> tasks = stage.running(step.service()).stream()
        .filter(task -> step.zone().stream().allMatch(task.availabilityZone()::endsWith))
        .toList();
    List<WorldTask> victims = drawn(tasks, Math.ceilDiv(tasks.size() * step.percent(), 100));
    victims.forEach(task -> world.ecs().health(task, Blueprint.COLLECTOR, HealthStatus.UNHEALTHY));
    timeline.step(
        step.service(), "the collectors of %d tasks turn UNHEALTHY".formatted(victims.size()));
  }

  void behave(Step.Behave step) {
    String text = world.parameters().get(step.config()).latest().text();
    world.ecs().behave(text, behaviour(step.collector(), step.after()));
    timeline.step(
        step.config(), "from now on a collector that reads its present text: " + step.collector());
  }

  private static Behaviour behaviour(Step.Collector collector, Duration after) {
    return switch (collector) {
      case CRASH -> new Behaviour.Crash(after);
      case UNHEALTHY -> new Behaviour.Unhealthy(after);
      case NEVER_HEALTHY -> new Behaviour.NeverHealthy();
      case OOM -> new Behaviour.Oom(after);
      case OK -> new Behaviour.Ok();
    };
  }

  void stopHost(Step.StopHost step) {
    stage.stopHost(step.service(), step.host());
    timeline.step(step.service(), "its host " + step.host() + " is terminated");
  }

  private List<WorldTask> drawn(List<WorldTask> tasks, int most) {
    List<WorldTask> shuffled = new ArrayList<>(tasks);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(most, shuffled.size()));
  }
}
