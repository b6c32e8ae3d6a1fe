package dev.shepherd.local.scenario;

import dev.shepherd.local.lambda.Template;
import dev.shepherd.local.world.Arns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who looks after the fleets while a scenario is played. */
public enum Controller {
  /** The functions of {@code template.yaml}. */
  SHEPHERD,
  /**
   * What teams use today: an edit forces a new deployment of each service that names the config.
   */
  REDEPLOY,
  /** Nobody: ECS alone. */
  NONE;

  /**
   * The stack that it is.
   *
   * @param shepherd the file of Shepherd's own
   * @throws IOException when that cannot be read
   * @throws ScenarioError when it does not know a limit of the scenario
   */
  Template stack(Path shepherd, Scenario scenario) throws IOException {
    String clusters = String.join(",", scenario.clusters());
    return switch (this) {
      case SHEPHERD -> {
        Map<String, String> parameters =
            new TreeMap<>(scenario.policy().stackParameters(Template.parameterNames(shepherd)));
        parameters.put("Clusters", clusters);
        parameters.put("TaskRoleArns", String.join(",", Blueprint.roles(scenario.fleets())));
        parameters.put("KmsKeyArns", Arns.of("kms", "key/*")); // Whichever its SecureStrings name.
        yield Template.read(shepherd, parameters);
      }
      case REDEPLOY -> Template.parse(resource("redeploy.yaml"), Map.of("Clusters", clusters));
      case NONE -> Template.parse("Resources: {}", Map.of());
    };
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = Controller.class.getResourceAsStream(name)) {
      return new String(
          Optional.ofNullable(file).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The one of this name; empty where there is none. */
  public static Optional<Controller> named(String name) {
    return List.of(values()).stream()
        .filter(each -> each.toString().equals(name))
        .findFirst();
  }

  /** As the command line and the report name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
