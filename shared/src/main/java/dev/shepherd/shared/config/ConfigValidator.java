package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.List;
import java.util.Optional;

/**
 * Says what the ADOT collector would say at its start, and what the task definition makes wrong,
 * from the text alone.
 *
 * <ol>
 *   <li>A text that cannot be parsed, or is no mapping, has that finding alone.
 *   <li>The catalogue of the image's release is chosen; for an image that is not ADOT's only the
 *       structure is checked.
 *   <li>References are expanded; what is not known stays unknown and is never an error.
 *   <li>Sections, components, keys and types, the components' own rules, pipelines and references.
 *   <li>What fails at build or start, for the components that pipelines use.
 *   <li>The task that will run it, if it is given.
 * </ol>
 *
 * <p>All findings, not the first, sorted, none with a value of the config; never throws for a text.
 */
public final class ConfigValidator {
  private ConfigValidator() {}

  /** Validates {@code config} for {@code target}. */
  public static Validation validate(ConfigText config, ValidationTarget target) {
    Report report = new Report();
    if (!config.readable()) {
      return new Validation(config.findings());
    }
    Optional<ConfigNode> top = config.node().filter(node -> !isNull(node));
    if (top.isEmpty()) {
      report.error(Place.START, "empty-config", "", "Write a config: this text holds none.");
      return new Validation(report.findings());
    }
    Optional<MapNode> root = config.root();
    if (root.isEmpty()) {
      report.error(
          top.orElseThrow().place(),
          "not-a-map",
          "",
          "Write a mapping with receivers, exporters and service: this is the text of something else,"
              + " perhaps the parameter's name.");
      return new Validation(report.findings());
    }
    validate(root.orElseThrow(), config.bytes(), target, report);
    return new Validation(report.findings());
  }

  private static void validate(MapNode root, int bytes, ValidationTarget target, Report report) {
    Optional<Catalogue> catalogue = CatalogueChoice.choose(target, report);
    if (catalogue.isEmpty()) {
      StructureRules.check(root, report);
      return;
    }
    Catalogue release = catalogue.orElseThrow();
    Environment environment =
        target.task().map(task -> Environment.of(task.collector())).orElse(Environment.UNSEEN);
    MapNode expanded = new Expansion(new References(release, environment), report).expand(root);
    Layout layout = new CollectorRules(release, report).check(expanded);
    new ServiceRules(release, layout, report).check(expanded);
    Servers servers = new StartRules(release, layout, report).check(expanded);
    target.task().ifPresent(task -> TaskRules.check(task, bytes, layout, servers, report));
  }

  private static boolean isNull(ConfigNode node) {
    return node instanceof ScalarNode scalar && scalar.isNull();
  }

  /** The ADOT releases that {@link #validate} knows exactly, the oldest first. */
  public static List<String> releases() {
    return Releases.bundled().names();
  }
}
