package dev.shepherd.local.conformance;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** What most rows need to be there first, made by AWS's own calls. */
final class Fixture {
  static final String PROD = "prod";
  static final String ROLE = "arn:aws:iam::111122223333:role/execution";

  private Fixture() {}

  /** A container that both sides take: moto wants memory on it. */
  static ContainerDefinition.Builder container(String name) {
    return ContainerDefinition.builder().name(name).image("shop/" + name + ":1").memory(128);
  }

  static RegisterTaskDefinitionRequest.Builder definition(String family) {
    return RegisterTaskDefinitionRequest.builder()
        .family(family)
        .requiresCompatibilitiesWithStrings("FARGATE")
        .networkMode("awsvpc")
        .cpu("256")
        .memory("512")
        .containerDefinitions(container("app").build());
  }

  /** Registers a revision for Fargate; its ARN. */
  static String register(Side side, String family) {
    return side.ecs()
        .registerTaskDefinition(definition(family).build())
        .taskDefinition()
        .taskDefinitionArn();
  }

  /** The cluster {@value #PROD} with a definition {@code shop} in its first revision; its ARN. */
  static String shop(Side side) {
    side.ecs().createCluster(each -> each.clusterName(PROD));
    return register(side, "shop");
  }

  static CreateServiceRequest.Builder service(Side side, String name, String definition) {
    return CreateServiceRequest.builder()
        .cluster(PROD)
        .serviceName(name)
        .taskDefinition(definition)
        .desiredCount(0)
        .launchType("FARGATE")
        .networkConfiguration(side.network());
  }

  /** A service {@code shop} of these tasks on a new cluster, after it had time to start them. */
  static void running(Side side, int tasks) {
    String definition = shop(side);
    side.ecs()
        .createService(service(side, "shop", definition).desiredCount(tasks).build());
    side.pass(Duration.ofMinutes(5));
  }

  /** As DescribeServices shows it. */
  static Service described(Side side, String name) {
    return side.ecs()
        .describeServices(each -> each.cluster(PROD).services(name))
        .services()
        .getFirst();
  }

  static RunTaskRequest.Builder run(Side side) {
    return RunTaskRequest.builder()
        .cluster(PROD)
        .taskDefinition("shop")
        .launchType("FARGATE")
        .networkConfiguration(side.network());
  }

  /** Runs one task of {@code shop}, which must be registered. */
  static Task task(Side side, UnaryOperator<RunTaskRequest.Builder> more) {
    return side.ecs().runTask(more.apply(run(side)).build()).tasks().getFirst();
  }

  /** An override of one container's environment. */
  static UnaryOperator<RunTaskRequest.Builder> overriding(String name, String value) {
    ContainerOverride override = ContainerOverride.builder()
        .name(name)
        .environment(KeyValuePair.builder().name("A").value(value).build())
        .build();
    return each -> each.overrides(x -> x.containerOverrides(override));
  }

  /** As DescribeTasks shows it, tags included. */
  static Task described(Side side, Task task) {
    return side.ecs()
        .describeTasks(each -> each.cluster(PROD).tasks(task.taskArn()).include(TaskField.TAGS))
        .tasks()
        .getFirst();
  }

  /** {@code x0}, {@code x1} … */
  static List<String> names(String prefix, int many) {
    return IntStream.range(0, many).mapToObj(each -> prefix + each).toList();
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  static void put(Side side, String name, String value) {
    side.ssm().putParameter(each -> each.name(name).value(value).type("String").overwrite(false));
  }

  static void overwrite(Side side, String name, String value) {
    side.ssm().putParameter(each -> each.name(name).value(value).overwrite(true));
  }
}
