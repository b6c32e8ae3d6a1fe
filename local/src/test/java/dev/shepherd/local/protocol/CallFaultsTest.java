package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatusFilter;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceType;

final class CallFaultsTest {
  private final LocalAws aws = new LocalAws();

  @Test
  void bucketsLetABurstThroughAndThenTheirRefill() {
    TokenBuckets buckets = new TokenBuckets(aws.world.clock());
    aws.face.hook(buckets);
    buckets.limited(true);
    IntStream.range(0, 20).forEach(i -> aws.register("shop", app()));
    assertThatThrownBy(() -> aws.register("shop", app()))
        .isInstanceOfSatisfying(
            EcsException.class, e -> assertThat(e.isThrottlingException()).isTrue());
    assertThat(aws.face.throttled()).isEqualTo(1);
    aws.pass(Duration.ofSeconds(2));
    aws.register("shop", app());
    aws.ecs.listTasks(each -> each.cluster("prod"));
    buckets.limited(false);
    IntStream.range(0, 30).forEach(i -> aws.register("shop", app()));
    assertThat(aws.face.throttled()).isEqualTo(1);
  }

  @Test
  void aPageThatFailsFailsForAWhile() {
    FailingPages pages = new FailingPages(aws.world.clock(), new SplittableRandom(3));
    aws.face.hook(pages);
    pages.rate(1);
    assertThatThrownBy(() -> aws.ecs.listServices(each -> each.cluster("prod")))
        .hasMessageContaining("internal error");
    aws.ecs.describeServices(each -> each.cluster("prod").services("none"));
    pages.rate(0.000_001);
    assertThatThrownBy(() -> aws.ecs.listServices(each -> each.cluster("prod")))
        .hasMessageContaining("internal error");
    aws.pass(Duration.ofSeconds(30));
    aws.ecs.listServices(each -> each.cluster("prod"));
  }

  @Test
  void aStaleReaderSeesWhatWas() {
    aws.world.sight().remember();
    String definition = aws.register("shop", app());
    aws.ecs.createService(LocalAws.service("shop", definition, 1).build());
    aws.pass(Duration.ofMinutes(2));
    var task = aws.tasks("shop").getFirst();
    aws.ecs.stopTask(each -> each.cluster("prod").task(task.arn()));
    aws.ecs.updateService(UpdateServiceRequest.builder()
        .cluster("prod")
        .service("shop")
        .desiredCount(3)
        .build());
    aws.pass(Duration.ofSeconds(10));
    assertThat(shop().desiredCount()).isEqualTo(3);

    aws.world.sight().lookBack(Duration.ofSeconds(12));
    assertThat(shop().desiredCount()).isEqualTo(1);
    assertThat(
            aws.ecs.listTasks(each -> each.cluster("prod").serviceName("shop")).taskArns())
        .containsExactly(task.arn());
    String successor = aws.tasks("shop").getLast().arn();
    assertThat(aws.ecs
            .describeTasks(each -> each.cluster("prod").tasks(task.arn(), successor))
            .failures())
        .extracting(each -> each.arn())
        .containsExactly(successor);
    assertThat(aws.ecs
            .describeTasks(each -> each.cluster("prod").tasks(task.arn()))
            .tasks()
            .getFirst()
            .desiredStatus())
        .isEqualTo("RUNNING");

    aws.world.sight().lookNow();
    assertThat(
            aws.ecs.listTasks(each -> each.cluster("prod").serviceName("shop")).taskArns())
        .hasSize(3);
  }

  private Service shop() {
    return aws.ecs
        .describeServices(each -> each.cluster("prod").services("shop"))
        .services()
        .getFirst();
  }

  @Test
  void cloudMapIsStaleTooAndParametersNever() {
    aws.world.sight().remember();
    var map = aws.world.cloudMap();
    String namespace = map.createNamespace("local", NamespaceType.HTTP).id();
    String service = aws.cloudMap
        .createService(each -> each.name("gateway").namespaceId(namespace))
        .service()
        .id();
    aws.world.parameters().put("/collectors/a", "old");
    aws.pass(Duration.ofMinutes(1));
    map.register(service, "i-1", Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
    aws.world.parameters().put("/collectors/a", "new");
    aws.pass(Duration.ofSeconds(5));
    StaleReads stale = new StaleReads(aws.world.sight(), new SplittableRandom(5));
    aws.face.hook(stale);
    stale.rate(1);

    var seen = IntStream.range(0, 20)
        .mapToObj(i -> aws.cloudMap.discoverInstances(each -> each.namespaceName("local")
            .serviceName("gateway")
            .healthStatus(HealthStatusFilter.ALL)))
        .map(answer -> answer.instances().size())
        .toList();
    assertThat(seen).contains(0, 1);
    assertThat(
            aws.ssm.getParameter(each -> each.name("/collectors/a")).parameter().value())
        .isEqualTo("new");
    stale.rate(0);
    assertThat(aws.cloudMap.listInstances(each -> each.serviceId(service)).instances())
        .hasSize(1);
  }
}
