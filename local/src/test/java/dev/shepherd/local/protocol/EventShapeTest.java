package dev.shepherd.local.protocol;

import static dev.shepherd.local.protocol.LocalAws.app;
import static dev.shepherd.local.protocol.LocalAws.collector;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The world's events have the members of the samples in {@code events/}, and no others. */
final class EventShapeTest {
  private static final Path EVENTS = Path.of("../events");

  private final LocalAws aws = new LocalAws();

  private static JsonNode sample(String name) throws IOException {
    return new ObjectMapper().readTree(EVENTS.resolve(name).toFile());
  }

  private static Set<String> names(JsonNode json) {
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private ObjectNode last(String detailType) {
    return aws.events(detailType).getLast();
  }

  private void assertLike(JsonNode sample, ObjectNode event) {
    assertThat(names(event)).isEqualTo(names(sample));
    assertThat(names(event.get("detail"))).isEqualTo(names(sample.get("detail")));
    assertThat(event.get("source")).isEqualTo(sample.get("source"));
    assertThat(event.get("detail-type")).isEqualTo(sample.get("detail-type"));
  }

  @Test
  void ofTasks() throws IOException {
    aws.world.parameters().put(LocalAws.CONFIG, "x");
    String definition = aws.register("shop", app(), collector(false, true));
    aws.ecs.createService(LocalAws.service("shop", definition, 1).build());
    aws.pass(Duration.ofMinutes(2));
    JsonNode sample = sample("task-running-sidecar-collector-unhealthy.json");
    ObjectNode running = last("ECS Task State Change");
    assertLike(sample, running);
    assertThat(running.get("detail").get("version").intValue()).isEqualTo(3);
    assertThat(names(running.at("/detail/attachments/0")))
        .isEqualTo(names(sample.at("/detail/attachments/0")));
    assertThat(names(sample.at("/detail/containers/0")))
        .containsAll(names(running.at("/detail/containers/0")));

    aws.world.ecs().stopTask(aws.tasks("shop").getFirst(), "test");
    aws.ecs.updateService(each -> each.cluster("prod").service("shop").desiredCount(0));
    aws.pass(Duration.ofMinutes(1));
    assertLike(sample("task-stopped-user-initiated.json"), last("ECS Task State Change"));
  }

  @Test
  void ofServicesAndParameters() throws IOException {
    aws.ssm.putParameter(
        each -> each.name("/collectors/a").value("1").type("String").description("the config"));
    assertLike(sample("parameter-create.json"), last("Parameter Store Change"));
    aws.ecs.createService(
        LocalAws.service("shop", aws.register("shop", app()), 1).build());
    aws.pass(Duration.ofMinutes(2));
    assertLike(
        sample("deployment-in-progress.json"),
        aws.events("ECS Deployment State Change").getFirst());
    assertLike(sample("deployment-completed.json"), last("ECS Deployment State Change"));
    assertLike(sample("service-action-steady-state.json"), last("ECS Service Action"));
  }
}
