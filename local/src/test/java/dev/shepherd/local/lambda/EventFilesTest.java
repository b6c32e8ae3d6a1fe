package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.protocol.LoopbackServer;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.event.ruler.Ruler;

/** Every file of events/ that is an event, at every function: as they are, without a failure. */
final class EventFilesTest {
  private final World world = new World(1, Instant.parse("2026-05-11T09:00:00Z"));
  private final AwsFace face = new AwsFace(world);

  @Test
  void noEventFailsAnyFunction() throws IOException {
    begin();
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

  /**
   * What {@code ./shepherd invoke EVENT.json} does, for each of them: the built artifact, entered
   * through AWS's runtime interface client. One runtime for each function.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void noEventFailsTheBuiltArtifact() throws IOException, InterruptedException {
    begin();
    try (LoopbackServer server = new LoopbackServer(face, 0)) {
      for (Template.Function function : Project.template().functions()) {
        List<Path> files = events(function);
        List<byte[]> bytes = new ArrayList<>();
        for (Path file : files) {
          bytes.add(Files.readAllBytes(file));
        }
        List<BuiltFunction.Result> results = new BuiltFunction(
                Project.ROOT.resolve("functions/target/shepherd-functions.zip"), function)
            .invoke(
                bytes,
                Map.of(
                    "AWS_ENDPOINT_URL",
                    "http://127.0.0.1:" + server.port(),
                    "AWS_ACCESS_KEY_ID",
                    "local",
                    "AWS_SECRET_ACCESS_KEY",
                    "local",
                    "AWS_REGION",
                    Arns.REGION),
                OutputStream.nullOutputStream());
        for (int i = 0; i < files.size(); i++) {
          String what = function.name() + " " + files.get(i);
          assertThat(results.get(i).failed()).as(what).isFalse();
          JsonNode answer = new ObjectMapper().readTree(results.get(i).json());
          assertThat(answer.path("failures")).as(what).isEmpty();
          assertThat(answer.has("error")).as(what).isFalse();
        }
      }
    }
  }

  /** events/README.md says of each file which functions the template's rules bring it to. */
  @Test
  void theTableSaysWhatTheRulesLetThrough() throws Exception {
    Map<String, String> table = new TreeMap<>();
    for (String line : Files.readAllLines(Project.ROOT.resolve("events/README.md"))) {
      Matcher row = Pattern.compile("\\| (`[^|]+) \\| ([^|]+) \\|.*").matcher(line);
      if (row.matches()) {
        for (String file : row.group(1).replace("`", "").split(", ", -1)) {
          table.put(file, row.group(2));
        }
      }
    }
    Set<String> files = new TreeSet<>();
    for (Template.Function function : Project.template().functions()) {
      events(function).forEach(file -> files.add(file.getFileName().toString()));
    }
    assertThat(table.keySet()).isEqualTo(files);
    for (String file : files) {
      JsonNode event = Project.event(file.replace(".json", ""));
      if (event.has("detail-type") && !event.path("source").asText().equals("aws.events")) {
        assertThat(table.get(file)).as(file).isEqualTo(reached(event.toString()));
      }
    }
  }

  private static String reached(String event) throws Exception {
    Template template = Project.template();
    Set<String> reached = new TreeSet<>();
    for (Template.Rule rule : template.rules()) {
      if (rule.pattern().isPresent() && Ruler.matchesRule(event, rule.pattern().get())) {
        template.functions().stream()
            .filter(function -> function.queue().equals(rule.queue()))
            .forEach(function -> reached.add(function.name()));
      }
    }
    return reached.isEmpty() ? "none" : String.join(", ", reached);
  }

  private void begin() throws IOException {
    world.ecs().createCluster("default");
    world
        .parameters()
        .put(
            "/collectors/gateway",
            Files.readString(Project.ROOT.resolve("examples/otlp-xray.yaml")));
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
