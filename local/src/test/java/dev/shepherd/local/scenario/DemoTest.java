package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.lambda.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(Lifecycle.PER_CLASS)
class DemoTest {
  private static final Path ROOT = Path.of("..");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> KEYS =
      List.of("time", "level", "message", "function", "fleet", "decision", "reason", "dryRun");

  private final List<Invocation> runs = new ArrayList<>();
  private final Demo.Outcome calm;

  DemoTest() throws IOException {
    calm = Demo.play(Demo.scenario(ROOT), ROOT, runs::add);
  }

  private static Demo.Outcome play(FaultRates faults) throws IOException {
    Scenario demo = Demo.scenario(ROOT);
    return Demo.play(
        new Scenario(
            demo.name(),
            demo.seed(),
            demo.duration(),
            demo.policy(),
            demo.clusters(),
            demo.fleets(),
            faults,
            demo.steps()),
        ROOT,
        _ -> {});
  }

  @Test
  void endsAsItShould() {
    assertThat(calm.missed()).isEmpty();
    assertThat(calm.report().converged()).isTrue();
  }

  @Test
  void tellsAnEditOfCommentsAndNoCountdownTwice() {
    String text = ReportText.of(calm.report());
    assertThat(text)
        .startsWith("Timeline of examples/demo/scenario.yaml (virtual time)\n\n  00:00:00");
    assertThat(text.replaceAll("\\s+", " "))
        .containsOnlyOnce("only comments, spacing or the order of keys changed")
        .doesNotContain("settling for 59 s");
  }

  /** What somebody's alarm or query over the log groups can rely on. */
  @Test
  void logsOneLineForEachDecisionAndEachWithTheSameKeys() throws IOException {
    assertThat(runs).extracting(Invocation::function).contains("ConfigRollout", "TaskReplacement");
    for (Invocation run : runs) {
      List<String> decided = new ArrayList<>();
      int metrics = 0;
      for (String line : run.log()) {
        assertThat(line).doesNotContain("\n");
        JsonNode json = JSON.readTree(line);
        if (json.has("_aws")) {
          metrics++;
          continue;
        }
        assertThat(json.fieldNames()).toIterable().as(line).containsExactlyElementsOf(KEYS);
        if (!json.path("decision")
            .asText()
            .matches("LeftForNextRun|ReconcileFailed|MalformedEvent")) {
          decided.add(json.path("fleet").asText()
              + json.path("decision").asText()
              + json.path("reason").asText());
        }
      }
      assertThat(metrics).as("one line of metrics").isEqualTo(1);
      List<String> answered = new ArrayList<>();
      JSON.readTree(run.answer())
          .path("decisions")
          .forEach(each -> answered.add(each.path("subject").asText()
              + each.path("decision").asText()
              + each.path("reason").asText()));
      assertThat(decided).isEqualTo(answered);
    }
  }

  /** Whatever is longer than a word in one of its configs stands in no line and no answer. */
  @Test
  void logsNoPartOfAConfig() throws IOException {
    Set<String> parts = new TreeSet<>();
    try (Stream<Path> files = Files.list(ROOT.resolve("examples/demo"))) {
      for (Path file : files.filter(each -> !each.endsWith("scenario.yaml")).toList()) {
        Files.readString(file)
            .lines()
            .map(String::strip)
            .filter(line -> line.length() > 20 && !line.startsWith("#"))
            .forEach(parts::add);
      }
    }
    assertThat(parts).hasSizeGreaterThan(20);
    Set<String> said = new TreeSet<>();
    runs.forEach(run -> {
      said.addAll(run.log());
      said.add(run.answer());
    });
    assertThat(said).allSatisfy(text -> assertThat(parts).noneMatch(text::contains));
  }

  @Test
  void playsTwiceToTheSameBytes() throws IOException {
    assertThat(Demo.play(ROOT).report().toJson().toString())
        .isEqualTo(calm.report().toJson().toString());
  }

  @ParameterizedTest
  @MethodSource("eventFaults")
  void endsTheSameWhateverHappensToEvents(FaultRates faults) throws IOException {
    Demo.Outcome outcome = play(faults);
    assertThat(outcome.missed()).isEmpty();
    // Which tasks had failed when that was seen, the reason says, differs with the time of the
    // look.
    assertThat(outcome.report().fleets())
        .usingRecursiveComparison()
        .ignoringFields("quarantined.reason")
        .isEqualTo(calm.report().fleets());
  }

  static Stream<Arguments> eventFaults() {
    return Stream.of(
        argumentSet("half are doubled", events(0.5, 0, 0, 0)),
        argumentSet("half are overtaken, all up to 90 s late", events(0, 0.5, 0, 90)),
        argumentSet("all are lost", events(0, 0, 1, 0)));
  }

  private static FaultRates events(double duplicate, double reorder, double lose, long delay) {
    return new FaultRates(
        duplicate, reorder, lose, Duration.ofSeconds(delay), 0, 0, 0, 0, 0, false);
  }
}
