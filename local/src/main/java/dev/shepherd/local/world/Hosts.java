package dev.shepherd.local.world;

import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** EC2 container instances come and go; the scheduler is told. */
final class Hosts {
  private final VirtualClock clock;
  private final Ids ids;
  private final TaskNetwork network;
  private final TaskLifecycle lifecycle;
  private final EcsScheduler scheduler;

  Hosts(
      VirtualClock clock,
      Ids ids,
      TaskNetwork network,
      TaskLifecycle lifecycle,
      EcsScheduler scheduler) {
    this.clock = clock;
    this.ids = ids;
    this.network = network;
    this.lifecycle = lifecycle;
    this.scheduler = scheduler;
  }

  WorldHost add(WorldCluster cluster, String zone) {
    ContainerInstance instance = ContainerInstance.builder()
        .containerInstanceArn(
            Arns.of("ecs", "container-instance/" + cluster.name() + "/" + ids.hex(32)))
        .ec2InstanceId("i-" + ids.hex(17))
        .status("ACTIVE")
        .agentConnected(true)
        .registeredAt(clock.instant())
        .version(1L)
        .attributes(
            Attribute.builder().name("ecs.availability-zone").value(zone).build())
        .build();
    WorldHost host = new WorldHost(instance, zone, network.address(zone));
    cluster.add(host);
    cluster.services().values().forEach(scheduler::look);
    return host;
  }

  void stop(WorldCluster cluster, WorldHost host) {
    cluster.remove(host);
    String reason = "Host EC2 (instance " + host.instance().ec2InstanceId() + ") terminated.";
    host.tasks().forEach(task -> lifecycle.stop(task, TaskStopCode.TERMINATION_NOTICE, reason));
    cluster.services().values().forEach(scheduler::look);
  }
}
