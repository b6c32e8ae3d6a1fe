package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.world.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file of events/ that is an event, at every function: as they are, without a failure. */
final class EventFilesTest {
  private final World world = new World(1, Instant.parse("2026-05-11T09:00:00Z"));
  private final AwsFace face = new AwsFace(world);

  @Test
  void noEventFailsAnyFunction() throws IOException {
    world.ecs().createCluster("default");
    world
        .parameters()
        .put(
            "/collectors/gateway",
            Files.readString(Project.ROOT.resolve("examples/otlp-xray.yaml")));
    Handlers handlers = Handlers.real(
        new InProcessHttpClient(face, world.clock()),
        VirtualRetries.on(world.clock(), new SplittableRandom(1)),
        world.clock());
    for (Template.Function function : Project.template().functions()) {
      RequestStreamHandler handler = handlers.create(function);
      for (Path file : events(function)) {
        JsonNode answer = answer(handler, function, file);
        assertThat(answer.path("failures")).as(function.name() + " " + file).isEmpty();
        assertThat(answer.path("malformed").asInt())
            .as(function.name() + " " + file)
            .isZero();
      }
    }
  }

  /** A function without a queue is asked; the others are told what happened. */
  private static List<Path> events(Template.Function function) throws IOException {
    try (Stream<Path> files = Files.list(Project.ROOT.resolve("events"))) {
      return files
          .filter(file -> file.toString().endsWith(".json") && !file.endsWith("local.json"))
          .filter(file ->
              file.getFileName().toString().startsWith("fleet-status") != function.hasQueue())
          .sorted()
          .toList();
    }
  }

  private JsonNode answer(RequestStreamHandler handler, Template.Function function, Path file)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(Files.readAllBytes(file)),
        answer,
        new HostContext(function, "request", world.clock()));
    return new ObjectMapper().readTree(answer.toByteArray());
  }

  /** {@code sam local} hands on only variables that the template names. */
  @Test
  void theVariablesForSamLocalAreOnesThatTheTemplateNames() throws IOException {
    JsonNode template = TemplateYaml.parse(Files.readString(Project.ROOT.resolve("template.yaml")));
    JsonNode global = template.at("/Globals/Function/Environment/Variables");
    Map<String, String> given = new TreeMap<>();
    Project.event("local")
        .path("Parameters")
        .properties()
        .forEach(variable -> given.put(variable.getKey(), variable.getValue().asText()));

    assertThat(given).isNotEmpty();
    assertThat(given.keySet()).allMatch(global::has);
  }
}
