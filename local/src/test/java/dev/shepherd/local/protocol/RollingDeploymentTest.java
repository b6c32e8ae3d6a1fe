package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.app;
import static dev.shepherd.local.protocol.LocalAws.collector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.local.world.Behaviour;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.HealthStatus;

final class RollingDeploymentTest {
  private static final String CONFIG = LocalAws.CONFIG;

  private final LocalAws aws = new LocalAws();

  @BeforeEach
  void putConfig() {
    aws.world.parameters().put(CONFIG, "first");
  }

  private void create(String name, String definition, int tasks, int least, int most) {
    aws.ecs.createService(LocalAws.service(name, definition, tasks)
        .deploymentConfiguration(each -> each.minimumHealthyPercent(least)
            .maximumPercent(most)
            .deploymentCircuitBreaker(breaker -> breaker.enable(true).rollback(true)))
        .build());
    aws.pass(Duration.ofMinutes(5));
    aws.events.clear();
  }

  private void update(String name, String definition) {
    aws.ecs.updateService(each -> each.cluster("prod").service(name).taskDefinition(definition));
  }

  private Deployment primary(String name) {
    return aws.ecs
        .describeServices(each -> each.cluster("prod").services(name))
        .services()
        .getFirst()
        .deployments()
        .getFirst();
  }

  /** Goes on second by second until the condition holds, for at most half an hour. */
  private void until(BooleanSupplier condition, Runnable eachSecond) {
    for (int i = 0; i < 1800 && !condition.getAsBoolean(); i++) {
      aws.pass(Duration.ofSeconds(1));
      eachSecond.run();
    }
    assertThat(condition.getAsBoolean()).as("within half an hour").isTrue();
  }

  private boolean isCompleted(WorldService service) {
    return service.deployments().size() == 1
        && service.primary().deployment().rolloutStateAsString().equals("COMPLETED");
  }

  private static long well(WorldService service) {
    return service.tasks().values().stream()
        .filter(task -> task.isServing() && task.task().healthStatus() == HealthStatus.HEALTHY)
        .count();
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        argumentSet("100/200 of 4", 4, 100, 200, 4, 8),
        argumentSet("50/100 of 4", 4, 50, 100, 2, 4),
        argumentSet("50/100 of 5: up and down", 5, 50, 100, 3, 5),
        argumentSet("66/150 of 3: up and down", 3, 66, 150, 2, 4));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void staysWithinItsBounds(int tasks, int least, int most, int atLeast, int atMost) {
    create("gateway", aws.register("gateway", collector(true, true)), tasks, least, most);
    WorldService service = aws.service("gateway");
    assertThat(isCompleted(service)).isTrue();

    String next = aws.register("gateway", collector(true, true));
    update("gateway", next);
    assertThat(isCompleted(service)).isFalse();
    until(() -> isCompleted(service), () -> {
      assertThat(well(service)).isGreaterThanOrEqualTo(atLeast);
      assertThat(service.runningCount() + service.pendingCount()).isLessThanOrEqualTo(atMost);
    });
    assertThat(aws.tasks("gateway"))
        .hasSize(tasks)
        .allSatisfy(task -> assertThat(task.task().taskDefinitionArn()).isEqualTo(next));
    assertThat(aws.events("ECS Deployment State Change"))
        .extracting(each -> each.get("detail").get("eventName").textValue())
        .containsExactly("SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_COMPLETED");
    assertThat(aws.events("ECS Service Action"))
        .extracting(each -> each.get("detail").get("eventName").textValue())
        .containsExactly("SERVICE_STEADY_STATE");
  }

  @Test
  void completesWithEverySidecarDead() {
    create("shop", aws.register("shop", app(), collector(false, true)), 2, 100, 200);
    aws.world.ecs().behave("first", new Behaviour.Crash(Duration.ofSeconds(3)));
    String next = aws.register("shop", app(), collector(false, true));
    update("shop", next);
    WorldService service = aws.service("shop");
    until(() -> isCompleted(service), () -> {});
    assertThat(aws.tasks("shop"))
        .allSatisfy(task ->
            assertThat(task.container("collector").orElseThrow().isRunning()).isFalse());
  }

  @Test
  void keepsTheOldTasksWhileTheNewOnesCrash() {
    create("gateway", aws.register("gateway", collector(true, true)), 3, 100, 200);
    aws.world.parameters().put(CONFIG, "bad");
    aws.world.ecs().behave("bad", new Behaviour.Crash(Duration.ofSeconds(4)));
    update("gateway", aws.register("gateway", collector(true, true)));
    WorldService service = aws.service("gateway");
    for (int i = 0; i < 600; i++) {
      aws.pass(Duration.ofSeconds(1));
      assertThat(well(service)).isGreaterThanOrEqualTo(3);
    }
    assertThat(primary("gateway").rolloutStateAsString()).isEqualTo("IN_PROGRESS");
  }

  @Test
  void aBreakerThatSeesFailingChecksRollsBack() {
    String good = aws.register("gateway", collector(true, true));
    create("gateway", good, 3, 100, 200);
    aws.world.parameters().put(CONFIG, "bad");
    aws.world.ecs().behave("bad", new Behaviour.NeverHealthy());
    String before = primary("gateway").id();
    update("gateway", aws.register("gateway", collector(true, true)));
    until(() -> primary("gateway").id().equals(before), () -> {});
    WorldService service = aws.service("gateway");
    until(() -> isCompleted(service), () -> {});
    assertThat(service.service().taskDefinition()).isEqualTo(good);
    assertThat(aws.events("ECS Deployment State Change"))
        .extracting(each -> each.get("detail").get("eventName").textValue())
        .containsExactly(
            "SERVICE_DEPLOYMENT_IN_PROGRESS",
            "SERVICE_DEPLOYMENT_FAILED",
            "SERVICE_DEPLOYMENT_IN_PROGRESS",
            "SERVICE_DEPLOYMENT_COMPLETED");
  }

  @Test
  void startsTheSuccessorOfASickTaskFirst() {
    create("gateway", aws.register("gateway", collector(true, true)), 2, 100, 200);
    WorldTask sick = aws.tasks("gateway").getFirst();
    aws.world.ecs().health(sick, "collector", HealthStatus.UNHEALTHY);
    WorldService service = aws.service("gateway");
    until(() -> well(service) == 2, () -> assertThat(sick.isWanted()).isTrue());
    until(() -> sick.lastStatus().equals("STOPPED"), () -> {});
    assertThat(sick.task().stoppedReason()).isEqualTo("Task failed container health checks");
  }

  @Test
  void stopsOneSickTaskAtATimeWhereThereIsNoRoom() {
    create("gateway", aws.register("gateway", collector(true, true)), 3, 100, 100);
    aws.tasks("gateway")
        .forEach(task -> aws.world.ecs().health(task, "collector", HealthStatus.UNHEALTHY));
    WorldService service = aws.service("gateway");
    until(
        () -> well(service) == 3,
        () -> assertThat(service.runningCount() + service.pendingCount()).isBetween(1, 3));
  }

  @Test
  void scalesInAndOut() {
    create("shop", aws.register("shop", app()), 2, 100, 200);
    aws.ecs.updateService(each -> each.cluster("prod").service("shop").desiredCount(5));
    aws.pass(Duration.ofMinutes(2));
    assertThat(aws.service("shop").runningCount()).isEqualTo(5);
    aws.ecs.updateService(each -> each.cluster("prod").service("shop").desiredCount(1));
    aws.pass(Duration.ofMinutes(2));
    assertThat(aws.service("shop").runningCount()).isEqualTo(1);
    assertThat(aws.events("ECS Deployment State Change")).isEmpty();
    aws.ecs.updateService(each -> each.cluster("prod").service("shop").desiredCount(0));
    aws.ecs.deleteService(each -> each.cluster("prod").service("shop"));
    aws.pass(Duration.ofMinutes(2));
    assertThat(aws.service("shop").service().status()).isEqualTo("INACTIVE");
  }
}
