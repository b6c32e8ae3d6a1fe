package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the published schema against a scenario that has every key, which the parser reads. */
class ScenarioSchemaTest {
  private static final Path EVERYTHING = Path.of("src/test/resources/scenario/everything.yaml");

  @Test
  void namesExactlyTheKeysThatTheParserKnows() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Path.of("../docs/scenario.schema.json").toFile());
    Object everything =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(EVERYTHING));
    YamlMap root = Scenario.root(Files.readString(EVERYTHING), "everything.yaml");
    Scenario.whole(root, "everything.yaml", Path.of("src/test/resources/scenario"));

    Set<String> used = new TreeSet<>();
    use(schema, schema, everything, "", used);
    Set<String> known = new TreeSet<>();
    name(schema, schema, "", known);
    assertThat(used).isEqualTo(known);
  }

  private static void use(
      JsonNode root, JsonNode rule, Object value, String path, Set<String> used) {
    JsonNode here = resolve(root, rule);
    switch (value) {
      case Map<?, ?> map
      when here.has("properties") ->
        map.forEach((key, inner) -> {
          String at = path + "." + key;
          used.add(at);
          use(root, here.path("properties").path(key.toString()), inner, at, used);
        });
      case Iterable<?> items ->
        items.forEach(item -> use(root, here.path("items"), item, path, used));
      case Object _ -> {}
    }
  }

  private static void name(JsonNode root, JsonNode rule, String path, Set<String> known) {
    JsonNode here = resolve(root, rule);
    here.path("properties").properties().forEach(property -> {
      String at = path + "." + property.getKey();
      known.add(at);
      name(root, property.getValue(), at, known);
    });
    if (here.has("items")) {
      name(root, here.path("items"), path, known);
    }
  }

  private static JsonNode resolve(JsonNode root, JsonNode rule) {
    return rule.has("$ref") ? root.at(rule.path("$ref").asText().substring(1)) : rule;
  }
}
