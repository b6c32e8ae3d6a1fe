package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.functions.aws.Rehearsed;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.protocol.LoopbackServer;
import dev.shepherd.local.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.crac.Core;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rule, queue, real handler, real SDK, local AWS: a config that no service uses yet is adopted. */
final class RealHandlersTest {
  private static final String CONFIG = "/collectors/gateway";
  private static final String LIVE = "/shepherd/collectors/gateway/live";
  private static final String TEXT = """
      receivers: {otlp: {protocols: {grpc: {endpoint: 0.0.0.0:4317}}}}
      exporters: {debug: {}}
      service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}
      """;

  private final World world = new World(1, Instant.parse("2026-05-11T09:00:00Z"));
  private final AwsFace face = new AwsFace(world);

  @BeforeEach
  void createTheDefaultCluster() {
    world.ecs().createCluster("default");
  }

  private static List<JsonNode> failures(String answer) throws IOException {
    List<JsonNode> failures = new ArrayList<>();
    new ObjectMapper().readTree(answer).path("failures").forEach(failures::add);
    return failures;
  }

  /** As Lambda does it: rehearsed, put aside for a day, restored. */
  @Test
  void aHandlerThatWasRehearsedWorksAndKnowsNothingOfTheTimeBefore() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<Invocation> invocations = new ArrayList<>();
    Handlers real = Handlers.real(
        new InProcessHttpClient(face, world.clock()),
        VirtualRetries.on(world.clock(), random.split()),
        world.clock());
    List<RequestStreamHandler> made = new ArrayList<>();
    Template template = Project.template();
    for (Template.Function function : template.functions()) {
      Rehearsed handler = (Rehearsed) real.create(function);
      assertThatCode(() -> handler.beforeCheckpoint(Core.getGlobalContext()))
          .doesNotThrowAnyException();
      made.add(handler);
    }
    assertThat(face.calls()).isEmpty();
    world.clock().pass(Duration.ofDays(1));
    Instant restored = world.clock().instant();
    Iterator<RequestStreamHandler> next = made.iterator();
    new FunctionHost(
        template, world.clock(), world.events(), _ -> next.next(), random, invocations::add);
    world.parameters().put(CONFIG, TEXT);
    world.clock().pass(Duration.ofSeconds(30));

    assertThat(world.parameters().find(LIVE)).isPresent();
    assertThat(failures(invocations.getFirst().answer())).isEmpty();
    assertThat(invocations)
        .flatExtracting(Invocation::log)
        .filteredOn(line -> line.startsWith("{\"time\""))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(
                Instant.parse(new ObjectMapper().readTree(line).path("time").asText()))
            .isAfterOrEqualTo(restored));
  }

  @Test
  void anEditReachesTheHandlerThroughRuleAndQueue() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<Invocation> invocations = new ArrayList<>();
    Handlers handlers = Handlers.real(
        new InProcessHttpClient(face, world.clock()),
        VirtualRetries.on(world.clock(), random.split()),
        world.clock());
    new FunctionHost(
        Project.template(), world.clock(), world.events(), handlers, random, invocations::add);
    world.parameters().put(CONFIG, TEXT);
    world.clock().pass(Duration.ofSeconds(30));

    assertThat(invocations).isNotEmpty();
    assertThat(invocations.getFirst().failure()).isEmpty();
    assertThat(failures(invocations.getFirst().answer())).isEmpty();
    assertThat(world.parameters().find(LIVE)).isPresent();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theBuiltArtifactDoesTheSameOverLoopback() throws IOException, InterruptedException {
    world.parameters().put(CONFIG, TEXT);
    BuiltFunction built = new BuiltFunction(
        Project.ROOT.resolve("functions/target/shepherd-functions.zip"),
        Project.template().functions().getFirst());
    try (LoopbackServer server = new LoopbackServer(face, 0)) {
      BuiltFunction.Result result = built.invoke(
          Project.event("sqs-batch").toString().getBytes(StandardCharsets.UTF_8),
          Map.of(
              "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.port(),
              "AWS_ACCESS_KEY_ID", "local",
              "AWS_SECRET_ACCESS_KEY", "local",
              "AWS_REGION", "eu-west-1"));

      assertThat(result.failed()).as(result.json()).isFalse();
      assertThat(failures(result.json())).isEmpty();
    }
    assertThat(world.parameters().find(LIVE)).isPresent();
  }
}
