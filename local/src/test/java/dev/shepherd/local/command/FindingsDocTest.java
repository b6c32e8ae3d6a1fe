package dev.shepherd.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.ValidationTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples of docs/findings.md: a failing one has its finding, a mended one has not. */
class FindingsDocTest {
  private static final Pattern RULE =
      Pattern.compile("### `([a-z-]+)` \\((error|warning|unknown|note)\\)");
  private static final Pattern BLOCK =
      Pattern.compile("```(yaml|json) (base|failing|mended)( whole)?\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsWhatItSays(
      String rule, String severity, boolean failing, String config, String task) throws Exception {
    ValidationTarget target =
        task.isEmpty() ? ValidationTarget.release("0.49.0") : ValidationTarget.task(facts(task));
    List<Finding> findings =
        ConfigValidator.validate(ConfigText.parse(config), target).findings().stream()
            .filter(finding -> finding.rule().equals(rule))
            .toList();
    assertThat(findings.isEmpty()).isNotEqualTo(failing);
    assertThat(findings).allMatch(finding -> finding.severity().name().equalsIgnoreCase(severity));
  }

  static Stream<Arguments> examples() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "findings.md"));
    String base = blocks(document).getOrDefault("base yaml", "");
    Stream.Builder<Arguments> examples = Stream.builder();
    for (String section : document.split("\n(?=###? )", -1)) {
      Matcher rule = RULE.matcher(section);
      if (rule.lookingAt()) {
        Map<String, String> blocks = blocks(section);
        for (String kind : List.of("failing", "mended")) {
          if (blocks.keySet().stream().anyMatch(key -> key.startsWith(kind))) {
            String config = blocks.containsKey(kind + " yaml whole")
                ? blocks.get(kind + " yaml whole")
                : merged(base, blocks.getOrDefault(kind + " yaml", ""));
            examples.add(argumentSet(
                rule.group(1) + ", " + kind,
                rule.group(1),
                rule.group(2),
                kind.equals("failing"),
                config,
                blocks.getOrDefault(kind + " json", "")));
          }
        }
      }
    }
    return examples.build();
  }

  private static Map<String, String> blocks(String section) {
    Map<String, String> blocks = new LinkedHashMap<>();
    Matcher block = BLOCK.matcher(section);
    while (block.find()) {
      String whole = block.group(3) == null ? "" : " whole";
      blocks.put(block.group(2) + " " + block.group(1) + whole, block.group(4));
    }
    return blocks;
  }

  private static String merged(String base, String example) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String text : List.of(base, example)) {
      for (String section : text.split("\n(?=[a-z])", -1)) {
        sections.put(section.split(":", 2)[0], section.strip());
      }
    }
    sections.remove("");
    return String.join("\n", sections.values()) + "\n";
  }

  private static TaskFacts facts(String task) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode collector = (ObjectNode) json.readTree(task);
    Optional<JsonNode> other = Optional.ofNullable(collector.remove("other"));
    collector.put("name", "collector");
    if (!collector.has("image")) {
      collector.put("image", "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0");
    }
    ObjectNode definition = json.createObjectNode().put("networkMode", "awsvpc");
    ArrayNode containers = definition.putArray("containerDefinitions").add(collector);
    other.ifPresent(containers::add);
    return new TaskDefinitionFile(definition, "example").facts(Optional.of("collector"));
  }
}
