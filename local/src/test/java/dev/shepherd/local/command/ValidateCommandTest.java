package dev.shepherd.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String BAD = """
      receivers:
        otlp:
          protocols: {grpc: }
      exporters:
        debug:
        otlp_http: {headers: {token: s3cr3t}, endpoint: "https://s3cr3t", bogus: s3cr3t}
      service:
        pipelines:
          traces: {receivers: [otlp], exporters: [debug, missing]}
      """;

  @TempDir
  private Path directory;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new ValidateCommand().run(List.of(arguments), new PrintStream(bytes, true, UTF_8));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void textPointsAtTheKeyAndShowsNoValue() throws IOException {
    String file = file("bad.yaml", BAD);
    assertThat(run(file)).isEqualTo(1);
    assertThat(bytes.toString(UTF_8))
        .startsWith(file + ": invalid\n")
        .contains(file + ":6:69: error unknown-key  exporters.otlp_http.bogus\n")
        .contains("  6 | " + " ".repeat(68) + "bogus:\n    | " + " ".repeat(68) + "^\n")
        .contains("9:52: error undefined-reference  service.pipelines.traces.exporters[1]\n")
        .doesNotContain("s3cr3t")
        .doesNotContain("missing");
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    String bad = file("bad.yaml", BAD);
    String good = file("good.yaml", BAD.replace(", bogus: s3cr3t", "").replace(", missing", ""));
    assertThat(run("--format", "json", bad, good)).isEqualTo(1);
    JsonNode document = new ObjectMapper().readTree(bytes.toString(UTF_8));
    assertThat(document).hasSize(2);
    assertThat(document.get(0).get("file").asText()).isEqualTo(bad);
    assertThat(document.get(0).get("verdict").asText()).isEqualTo("invalid");
    assertThat(document.get(0).get("findings").get(0).toString())
        .isEqualTo(
            "{\"severity\":\"error\",\"rule\":\"unknown-key\",\"path\":\"exporters.otlp_http.bogus\","
                + "\"line\":6,\"column\":69,\"message\":\"Remove or correct this key: it is not known here.\"}");
    assertThat(document.get(1).get("verdict").asText()).isEqualTo("valid");
  }

  @Test
  void theTaskDefinitionTellsTheReleaseAndTheEnvironment() throws IOException {
    String config = file(
        "c.yaml", BAD.replace(", bogus: s3cr3t", ", timeout: '${env:T}'").replace(", missing", ""));
    String task = file("td.json", """
            {"taskDefinition": {"containerDefinitions": [{"name": "app", "image": "app:1"},
              {"name": "otel", "image": "aws-otel-collector:v0.49.0", "essential": false,
               "environment": [{"name": "T", "value": "soon"}],
               "secrets": [{"name": "AOT_CONFIG_CONTENT", "valueFrom": "/collectors/a"}]}]}}
            """);
    assertThat(run("--task-definition", task, config)).isEqualTo(1);
    assertThat(bytes.toString(UTF_8)).contains("type-mismatch  exporters.otlp_http.timeout");
  }

  @Test
  void mistakesSayWhatToDo() throws IOException {
    String file = file("a.yaml", BAD);
    assertThatThrownBy(this::run).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> run("--adot", "new", file)).hasMessageContaining("0.49.0");
    assertThatThrownBy(() -> run("--format", "xml", file)).hasMessageContaining("text or json");
    assertThatThrownBy(() -> run(directory.resolve("none").toString()))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> run("--task-definition", file, file)).hasMessageContaining("JSON");
  }
}
