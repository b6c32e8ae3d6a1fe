package dev.shepherd.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.world.ParameterStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code ./shepherd local} serves, over real loopback HTTP, with time passing by hand. */
final class LocalWorldTest {
  private static final Path ROOT = Path.of("..");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  private String get(LocalWorld world, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(world.address() + path)).build());
  }

  private String call(LocalWorld world, String target, Map<String, ?> body)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(world.address() + "/"))
        .header("X-Amz-Target", target)
        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void rollsWhatIsPutAndShowsIt() throws Exception {
    try (LocalWorld world = new LocalWorld(ROOT, 0)) {
      new StatusPage(world.simulation(), 60).serve(world.server());
      JsonNode before = JSON.readTree(get(world, "/status.json")).at("/fleets/0");
      assertThat(before.at("/services/0/healthy").asInt()).isEqualTo(12);

      String text = Files.readString(ROOT.resolve("examples/demo/gateway-amp.yaml"));
      call(
          world,
          "AmazonSSM.PutParameter",
          Map.of("Name", "/collectors/gateway", "Value", text, "Overwrite", true));
      world.simulation().runTo(world.simulation().now().plus(Duration.ofMinutes(30)));

      JsonNode status = JSON.readTree(get(world, "/status.json"));
      JsonNode fleet = status.at("/fleets/0");
      String live = fleet.path("live").asText();
      assertThat(live).isNotEqualTo(before.path("live").asText());
      assertThat(fleet.at("/services/0/byConfig").path(live).asInt()).isEqualTo(12);
      assertThat(fleet.at("/services/0/deployments/0/rolloutState").asText())
          .isEqualTo("COMPLETED");
      assertThat(status.path("timeline").findValuesAsText("text")).contains("Rollout Completed");
      assertThat(call(
              world,
              "AmazonEC2ContainerServiceV20141113.DescribeServices",
              Map.of("services", new String[] {"gateway"})))
          .contains("\"rolloutState\":\"COMPLETED\"");
    }
  }

  @Test
  void hidesNoTrouble() throws Exception {
    try (LocalWorld world = new LocalWorld(ROOT, 0)) {
      new StatusPage(world.simulation(), 60).serve(world.server());
      ParameterStore parameters = world.simulation().world().parameters();
      parameters.put("/collectors/unused", "receivers: {}");
      parameters.put("/collectors/gateway", "receivers: {}");
      parameters.get("/collectors/shop").tags().put("shepherd:paused", "true");
      parameters.put("/shepherd/collectors/unused/state", "not ours");
      world.simulation().runTo(world.simulation().now().plus(Duration.ofMinutes(10)));

      JsonNode status = JSON.readTree(get(world, "/status.json"));
      JsonNode gateway = status.at("/fleets/0");
      assertThat(gateway.at("/rejected/reason").asText()).contains("is refused");
      assertThat(gateway.at("/next/reason").asText()).contains("stays refused");
      assertThat(gateway.path("paused").asBoolean()).isFalse();
      JsonNode shop = status.at("/fleets/1");
      assertThat(shop.path("paused").asBoolean()).isTrue();
      assertThat(shop.at("/next/decision").asText()).isEqualTo("Wait");
      JsonNode unused = status.at("/fleets/2");
      assertThat(unused.path("config").asText()).isEqualTo("/collectors/unused");
      assertThat(unused.path("services")).isEmpty();
      assertThat(status.at("/failures/0/reason").asText()).contains("not a state");
      assertThat(get(world, "/status.html"))
          .contains("is refused", "by the tag shepherd:paused", "not a state");
    }
  }

  @Test
  void isToldByTheStatusCommandToo() throws Exception {
    try (LocalWorld world = new LocalWorld(ROOT, 0)) {
      assertThat(status(world))
          .contains("/collectors/gateway  idle", "default/checkout", "25 of 25 running, all well");
      assertThat(JSON.readTree(status(world, "--json", "--fleet=gateway")).path("fleets"))
          .singleElement()
          .satisfies(fleet -> assertThat(fleet.path("healthy").asInt()).isEqualTo(12));
    }
  }

  private static String status(LocalWorld world, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--endpoint-url", world.address()));
    arguments.addAll(List.of(options));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit =
        new StatusCommand().run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(exit).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void servesAPageThatNeedsNothingFromElsewhere() throws Exception {
    try (LocalWorld world = new LocalWorld(ROOT, 0)) {
      new StatusPage(world.simulation(), 60).serve(world.server());
      assertThat(get(world, "/status"))
          .startsWith("<!doctype html>")
          .contains("fetch('/status.json')", "fetch('/status.html')", "prefers-color-scheme: dark")
          .doesNotContain("http://", "https://", "src=");
    }
  }
}
