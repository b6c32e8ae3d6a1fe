package dev.shepherd.local.invariant;

import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Invariant 5: what is neither the fleets' nor Shepherd's own is never written: instances,
 * services, tasks, task definitions, parameters.
 */
final class ForeignThingsStayUntouched implements Rule {
  private static final Set<String> OF_INSTANCES = Set.of(
      "servicediscovery:RegisterInstance",
      "servicediscovery:DeregisterInstance",
      "servicediscovery:UpdateInstanceCustomHealthStatus");
  private static final Set<String> OF_PARAMETERS = Set.of(
      "ssm:PutParameter",
      "ssm:DeleteParameter",
      "ssm:AddTagsToResource",
      "ssm:RemoveTagsFromResource");

  private final Configs configs;

  ForeignThingsStayUntouched(Configs configs) {
    this.configs = configs;
  }

  @Override
  public void before(Act act, Checks checks) {
    if (OF_INSTANCES.contains(act.operation())) {
      instance(act, checks);
    } else if (OF_PARAMETERS.contains(act.operation())) {
      String name = act.text("Name").isEmpty() ? act.text("ResourceId") : act.text("Name");
      checks.that(
          5, name.startsWith("/shepherd/"), () -> act + " writes the foreign parameter " + name);
    } else if (act.is("ecs:UpdateService")) {
      checks.that(
          5,
          configs.service(act).filter(this::mayBeWritten).isPresent(),
          () -> act + " writes the foreign service " + act.name("service"));
    } else if (act.is("ecs:StopTask")) {
      checks.that(
          5,
          configs.task(act).stream().allMatch(this::mayBeStopped),
          () -> act + " stops the foreign task " + act.name("task"));
    } else if (act.is("ecs:RegisterTaskDefinition")) {
      checks.that(
          5,
          isOfFleet(act.text("family")),
          () -> act + " writes the foreign family " + act.text("family"));
    } else if (act.is("ecs:DeregisterTaskDefinition")) {
      checks.that(
          5,
          configs.definition(act.text("taskDefinition")).stream().allMatch(this::isOwn),
          () -> act + " takes away the foreign " + act.name("taskDefinition"));
    }
  }

  private void instance(Act act, Checks checks) {
    Optional<CloudMapInstance> there = Optional.ofNullable(configs
        .world()
        .cloudMap()
        .service(act.text("ServiceId"))
        .instances()
        .get(act.text("InstanceId")));
    boolean own = there.stream().allMatch(each -> has(each, "SHEPHERD_FLEET"));
    boolean ecs = there.stream().allMatch(each -> has(each, "ECS_SERVICE_NAME"));
    boolean health = act.is("servicediscovery:UpdateInstanceCustomHealthStatus");
    checks.that(
        5,
        own || (ecs && !health),
        () -> act + " writes the foreign instance " + act.text("InstanceId"));
  }

  private static boolean has(CloudMapInstance instance, String attribute) {
    return instance.attributes().containsKey(attribute);
  }

  private boolean mayBeWritten(WorldService service) {
    return !configs.taken(service.primary().definition()).isEmpty()
        && !Configs.isLeftAlone(service)
        && service.settings().deploymentController().type() == DeploymentControllerType.ECS;
  }

  private boolean mayBeStopped(WorldTask task) {
    return task.service().isPresent()
        ? task.service().filter(this::mayBeWritten).isPresent()
        : task.startedBy().filter(by -> by.startsWith("shepherd-")).isPresent();
  }

  private boolean isOfFleet(String family) {
    String base = family.replaceFirst("-shepherd-(probe|canary)$", "");
    return configs.definition(base).isPresent()
        && configs.world().ecs().clusters().values().stream()
            .flatMap(cluster -> cluster.services().values().stream())
            .filter(service -> service.primary().definition().family().equals(base))
            .anyMatch(this::mayBeWritten);
  }

  private boolean isOwn(TaskDefinition definition) {
    return configs.isShepherds(definition)
        || definition.family().matches(".*-shepherd-(probe|canary)");
  }
}
