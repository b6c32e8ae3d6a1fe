package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.lambda.CalledFunction;
import dev.shepherd.local.protocol.AwsFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** FleetStatus over the real protocol, beside the functions that it tells of. */
final class FleetStatusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path GOLDEN = Path.of("src/test/resources/status");
  private static final int LAMBDA_LIMIT = 6_000_000;

  /** What brings a fleet to a phase. */
  interface Story {
    void tell(Stand stand) throws IOException;
  }

  private static Stand fleet() throws IOException {
    return Stand.fleet(
        "{name: a, pattern: service, tasks: 4}", "{name: b, pattern: sidecar, tasks: 12}");
  }

  private static JsonNode ask(Stand stand, String event) throws IOException {
    String answer = stand.simulation.fleetStatus().call(event).json();
    assertThat(answer).doesNotContain("s3cr3t-word");
    return JSON.readTree(answer);
  }

  private static void until(Stand stand, String phase) {
    for (int minute = 0; minute < 60; minute++) {
      if (stand.state("gateway").path("phase").asText().equals(phase)) {
        return;
      }
      stand.pass(1);
    }
    assertThat(stand.state("gateway").path("phase").asText()).isEqualTo(phase);
  }

  private static Story edited(String phase) {
    return stand -> {
      stand.pass(5).put("gateway", Stand.BETTER);
      stand.pass(1);
      until(stand, phase);
    };
  }

  static Stream<Arguments> phases() {
    return Stream.of(
        argumentSet("unseen", "unseen", (Story) _ -> {}),
        argumentSet("by name", "by-name", (Story) stand -> stand.pass(5)),
        argumentSet("pin", "pin", edited("pin")),
        argumentSet("probe", "probe", edited("probe")),
        argumentSet("bake", "bake", edited("bake")),
        argumentSet("waves", "waves", edited("waves")),
        argumentSet("completed", "completed", (Story) stand -> {
          edited("waves").tell(stand);
          until(stand, "idle");
        }),
        argumentSet("refused", "refused", (Story) stand -> {
          stand.pass(5).put("gateway", Stand.BROKEN);
          stand.pass(5);
        }),
        argumentSet("paused and deleted", "deleted", (Story) stand -> {
          stand.pass(5).delete("/collectors/gateway");
          stand.pass(5);
        }));
  }

  /** Written anew with {@code -Dshepherd.golden=write}, to be read before it is committed. */
  @ParameterizedTest
  @MethodSource("phases")
  void tellsAFleetInEachPhase(String file, Story story) throws IOException {
    Stand stand = fleet();
    story.tell(stand);
    golden(file + ".txt", ask(stand, "{\"format\": \"text\"}").asText());
    golden(file + ".json", ask(stand, "").toPrettyString() + "\n");
  }

  private static void golden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    String steady = steady(text);
    if ("write".equals(System.getProperty("shepherd.golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, steady);
    }
    assertThat(steady).isEqualTo(Files.readString(file));
  }

  /** Without what depends on chance and on the second: ids, times, countdowns. */
  private static String steady(String text) {
    return text.replaceAll("\\b[0-9a-f]{32}\\b", "TASK")
        .replaceAll("(probe|canary|task) [0-9a-f]{12}", "$1 TASK")
        .replaceAll("srv-[0-9a-z]{8,}", "srv-ID")
        .replaceAll("2026-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:[0-9.]+( UTC|Z)", "TIME")
        .replaceAll("\\b\\d+ s\\b", "N s");
  }

  @Test
  void asksNoMoreThanThePagesThatThereAre() throws IOException {
    Stand stand = fleet();
    stand.pass(5);
    AwsFace face = new AwsFace(stand.simulation.world());
    CalledFunction status = stand.simulation.fleetStatus(face);
    status.call("{}");
    Map<String, Integer> cold = new TreeMap<>(face.calls());
    status.call("{}");
    Map<String, Integer> warm = new TreeMap<>(face.calls());
    cold.forEach((call, count) -> warm.merge(call, -count, Integer::sum));
    warm.values().removeIf(count -> count == 0);

    assertThat(cold).containsEntry("ecs:DescribeTaskDefinition", 2);
    assertThat(warm)
        .containsExactlyInAnyOrderEntriesOf(Map.of(
            "ecs:ListServices", 1,
            "ecs:DescribeServices", 1,
            "ecs:ListTasks", 3, // All of the cluster, its probes, its canaries.
            "ecs:DescribeTasks", 1,
            "ssm:DescribeParameters", 1,
            "ssm:GetParameters", 1,
            "ssm:ListTagsForResource", 1,
            "servicediscovery:ListInstances", 1));
    assertThat(Stand.writes(cold)).isEmpty();
  }

  @Test
  void showsThreeHundredServicesSoThatAPersonReadsThem() throws IOException {
    String[] services = IntStream.rangeClosed(1, 300)
        .mapToObj(number -> "{name: app-%03d, pattern: sidecar, tasks: 1}".formatted(number))
        .toArray(String[]::new);
    Stand stand = Stand.fleet(services);
    stand.pass(5);

    String tree = ask(stand, "{\"format\": \"text\"}").asText();
    assertThat(tree).contains("300 of 300 running", "and 275 more");
    assertThat(tree.lines().count()).isLessThan(90);
    assertThat(ask(stand, "{}").at("/fleets/0/services")).hasSize(300);
    for (String format : new String[] {"json", "text", "html"}) {
      String answer = stand
          .simulation
          .fleetStatus()
          .call("{\"format\": \"" + format + "\"}")
          .json();
      assertThat(answer.length()).isLessThan(LAMBDA_LIMIT);
    }
  }

  @Test
  void tellsSickCollectorsAndDriftOfRegistrations() throws IOException {
    Stand stand = Stand.of("fleets:\n"
        + Stand.fleetYaml(
            "gateway",
            "{name: a, pattern: service, tasks: 12}",
            "{name: b, pattern: sidecar, tasks: 12}")
        + """
        steps:
          - {at: 11m, unregister: {service: a, instances: 1}}
          - {at: 11m, orphan: {service: a, instances: 2}}
          - {at: 11m, foreignInstance: {service: a, instances: 1}}
          - {at: 11m, kill: {service: b, container: collector, tasks: 1}}
        """);
    stand.pass(11);

    String tree = ask(stand, "{\"format\": \"text\"}").asText();
    assertThat(tree)
        .contains(
            "collector exited with 1 while its task runs on",
            "replacing\n│  └─ ◌ Replace SINGLE, 1 collector (prod/b): ",
            "12 tasks, 14 instances; missing 1 (",
            "; stale 2 (",
            "; 1 of somebody else");
    JsonNode json = ask(stand, "{}").at("/fleets/0");
    assertThat(json.at("/services/1/unhealthy")).hasSize(1);
    assertThat(json.at("/registrations/0/stale")).hasSize(2);
    assertThat(json.at("/registrations/0/missing")).hasSize(1);
    assertThat(json.at("/registrations/0/foreign").asInt()).isEqualTo(1);
  }

  @Test
  void tellsWhyReplacingIsHeld() throws IOException {
    Stand stand = Stand.of("fleets:\n"
        + Stand.fleetYaml(
            "gateway",
            "{name: a, pattern: sidecar, tasks: 12}",
            "{name: b, pattern: sidecar, tasks: 3}")
        + """
        steps:
          - {at: 11m, unhealthy: {service: a, percent: 100}}
        """);
    stand.pass(14);

    JsonNode held = ask(stand, "{}").at("/fleets/0/replacements/0");
    assertThat(held.path("decision").asText()).isEqualTo("Hold");
    assertThat(held.path("cause").asText()).isEqualTo("STORM");
    assertThat(held.path("collectors").asInt()).isEqualTo(12);
    assertThat(held.path("services").path(0).asText()).isEqualTo("prod/a");
    // What TaskReplacement itself has said, with the time that it remembers.
    assertThat(stand.decisions()).contains(held.path("reason").asText());
    assertThat(ask(stand, "{\"format\": \"text\"}").asText())
        .contains("✖ Hold STORM, 12 collectors (prod/a): ");
    assertThat(ask(stand, "{\"format\": \"html\"}").asText())
        .contains("<b>Replacing</b><span>Hold STORM, 12 collectors");
  }

  static Stream<Arguments> questions() {
    String widget = "\"widgetContext\": {\"theme\": \"dark\", \"params\": {}}";
    return Stream.of(
        argumentSet("one fleet", "{\"fleet\": \"gateway\"}", "\"config\":\"/collectors/gateway\""),
        argumentSet("by parameter", "{\"fleet\": \"/collectors/gateway\"}", "\"phase\":\"idle\""),
        argumentSet("another", "{\"fleet\": \"x\"}", "there is no such fleet"),
        argumentSet("no name", "{\"fleet\": \"a b\"}", "fleet is a name like gateway"),
        argumentSet("no JSON", "{", "must be a JSON object"),
        argumentSet("no object", "[]", "must be a JSON object"),
        argumentSet("no format", "{\"format\": \"pdf\"}", "one of json, text, html"),
        argumentSet("a widget", "{" + widget + "}", "class=\\\"shepherd dark\\\""),
        argumentSet(
            "a light widget", "{\"widgetContext\": {\"theme\": \"light\"}}", "shepherd light"),
        argumentSet("a page", "{\"format\": \"html\"}", "shepherd auto"),
        argumentSet("its editor", "{\"describe\": true, " + widget + "}", "| `fleet` |"),
        argumentSet("colour", "{\"format\": \"text\", \"color\": true}", "\\u001B[33m⚠\\u001B[0m"));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersWhatItIsAsked(String event, String part) throws IOException {
    Stand stand = fleet();
    stand.pass(5);
    assertThat(stand.simulation.fleetStatus().call(event).json()).containsIgnoringCase(part);
  }

  @Test
  void tellsWhatItMayNotReadAndShowsTheRest() throws IOException {
    Stand stand = fleet();
    stand.pass(5);
    AwsFace face = new AwsFace(stand.simulation.world());
    face.hook(stand.denials);
    stand.denials.deny((call, _) -> call.equals("servicediscovery:ListInstances"));
    CalledFunction.Result answer = stand.simulation.fleetStatus(face).call("{}");

    JsonNode json = JSON.readTree(answer.json());
    assertThat(json.at("/failures/0/reason").asText()).contains("AccessDenied");
    assertThat(json.at("/fleets/0/healthy").asInt()).isEqualTo(16);
    assertThat(answer.log()).hasSize(1);
    assertThat(answer.log().stream().collect(Collectors.joining())).contains("AccessDenied");
  }
}
