package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** Writes a scenario's tree as a file that the reader takes: one line for each item. */
public final class ScenarioText {
  private ScenarioText() {}

  /** YAML, of which JSON is a part. */
  public static String of(ObjectNode scenario) {
    StringBuilder text = new StringBuilder();
    scenario.properties().forEach(each -> {
      JsonNode value = each.getValue();
      text.append(each.getKey()).append(':');
      if (value.isArray() && !value.isEmpty() && value.path(0).isObject()) {
        text.append('\n');
        value.forEach(item -> text.append("  - ").append(item).append('\n'));
      } else {
        text.append(' ').append(value).append('\n');
      }
    });
    return text.toString();
  }

  /** What the reader makes of it. */
  public static Scenario read(ObjectNode scenario, String name) {
    return Scenario.parse(of(scenario), name, Path.of("."));
  }
}
