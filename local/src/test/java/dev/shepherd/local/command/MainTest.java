package dev.shepherd.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.bench.Bench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong use of {@code ./shepherd}: exit code 2 and one line that says what to do. */
final class MainTest {
  private static final String URL = "http://127.0.0.1:1";

  @TempDir
  Path directory = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(List<String> arguments) throws Exception {
    return Main.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String written(String text) throws IOException {
    return Files.writeString(directory.resolve("event.json"), text).toString();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        argumentSet("no command", List.of(), "name a command"),
        argumentSet("unknown command", List.of("fly"), "name a command"),
        argumentSet("no event", List.of("invoke"), "name one EVENT.json"),
        argumentSet("two events", List.of("invoke", "a", "b"), "name one EVENT.json"),
        argumentSet("no such file", List.of("invoke", "no/such.json"), "cannot be read"),
        argumentSet("unknown option", List.of("invoke", "--fast", "a"), "no option --fast"),
        argumentSet("no such bench", List.of("bench", "speed"), "name benches among: calls, storm"),
        argumentSet("a table of one", List.of("bench", "--write", "size"), "name no bench"),
        argumentSet("a demo of what", List.of("demo", "x"), "takes no arguments"),
        argumentSet(
            "a page of many",
            List.of("simulate", "--html", "f", "--seeds", "1..2", "a.yaml"),
            "one run"),
        argumentSet("a port in words", List.of("local", "--port", "http"), "0 to 65535"),
        argumentSet("no speed", List.of("local", "--speed", "0"), "1 to 3600"),
        argumentSet("no scenario", List.of("simulate", "--json"), "name one scenario file"),
        argumentSet(
            "no such scenario", List.of("simulate", "no.yaml"), "no.yaml is not there; name one"),
        argumentSet(
            "no seed", List.of("simulate", "a.yaml", "--seed", "x"), "--seed takes a whole"),
        argumentSet(
            "no seeds", List.of("simulate", "a.yaml", "--seeds", "3-1"), "--seeds takes A..B"),
        argumentSet(
            "chance and a file", List.of("simulate", "--random", "a.yaml"), "--random and none"),
        argumentSet(
            "no such controller",
            List.of("simulate", "--controller", "chef", "a.yaml"),
            "--controller is one of shepherd, redeploy, none, got chef"),
        argumentSet("a status of what", List.of("status", "x"), "one fleet with --fleet"),
        argumentSet("option without value", List.of("invoke", "--function"), "needs a value"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatToDo(List<String> arguments, String line) throws Exception {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(line).hasLineCount(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void simulatesAndPrintsOneDocument() throws Exception {
    Path scenario = Files.writeString(directory.resolve("s.yaml"), """
        duration: 10m
        fleets:
          - config: /collectors/g
            text: "receivers: {otlp: {protocols: {grpc: {}}}}"
            services: [{name: gate, pattern: service, tasks: 2}]
        """);
    int exit = run(List.of("simulate", scenario.toString(), "--seed", "9", "--json"));
    assertThat(new ObjectMapper().readTree(out.toByteArray()).path("seed").asInt())
        .isEqualTo(9);
    assertThat(err.size()).isZero();
    assertThat(exit).isBetween(0, 1);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet("no JSON", "{\"a\":", List.of(), "is not JSON"),
        argumentSet("two documents", "{}\n{}", List.of(), "document; the second begins at line 2"),
        argumentSet("empty", "", List.of(), "is empty"),
        argumentSet("no object for a dry run", "[]", List.of("--dry-run"), "no JSON object"),
        argumentSet("no function", "{}", List.of("--function", "Fly"), "but: ConfigRollout"),
        argumentSet("no address", "{}", List.of("--endpoint-url", "here"), "is no address"),
        argumentSet("no host", "{}", List.of("--endpoint-url", "http:///"), "is no address"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void refusesAnEventOrAPlaceThatCannotBe(String text, List<String> options, String line)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("invoke"));
    arguments.addAll(options);
    if (!options.contains("--endpoint-url")) {
      arguments.addAll(List.of("--endpoint-url", URL));
    }
    arguments.add(written(text));

    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(line)
        .doesNotContain("jackson")
        .hasLineCount(1);
  }

  @Test
  void failuresOfAnAnswerCountAndForeignEventsDoNot() throws IOException {
    assertThat(InvokeCommand.listsFailures("{\"failures\":[{\"fleet\":\"x\"}]}"))
        .isTrue();
    assertThat(InvokeCommand.listsFailures("{\"failures\":[],\"malformed\":1,\"foreign\":2}"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench", "demo", "invoke", "local", "simulate", "status", "validate"})
  void helpIsNoMistake(String command) throws Exception {
    assertThat(Main.commands()).hasSize(7).containsKey(command);
    assertThat(run(List.of(command, "--help"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: ./shepherd " + command);
  }

  @Test
  void theHelpOfBenchNamesThemAll() throws Exception {
    run(List.of("bench", "--help"));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(Bench.all(Path.of("..")).keySet());
  }
}
