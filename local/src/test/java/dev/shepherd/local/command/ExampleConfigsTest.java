package dev.shepherd.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What examples/ offers to be copied must be what the validator lets through. */
final class ExampleConfigsTest {
  @Test
  void eachConfigLoadsInTheNewestRelease() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--format", "json"));
    try (DirectoryStream<Path> configs =
        Files.newDirectoryStream(Path.of("../examples"), "*.yaml")) {
      configs.forEach(config -> arguments.add(config.toString()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    new ValidateCommand().run(arguments, new PrintStream(bytes, true, UTF_8));

    JsonNode verdicts = new ObjectMapper().readTree(bytes.toString(UTF_8));
    assertThat(verdicts).hasSizeGreaterThanOrEqualTo(6).allSatisfy(file -> {
      assertThat(file.path("verdict").asText()).as(file.toString()).isEqualTo("valid");
      assertThat(file.path("findings")).as(file.toString()).isEmpty();
    });
  }
}
