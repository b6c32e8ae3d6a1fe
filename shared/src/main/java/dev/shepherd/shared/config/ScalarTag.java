package dev.shepherd.shared.config;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a scalar's tag and style say about its type, before its text does. */
final class ScalarTag {
  private static final String YAML = "tag:yaml.org,2002:";

  private ScalarTag() {}

  /** The type of a scalar; a tag that its text does not fit leaves the text's own type. */
  static ScalarType type(ScalarEvent event) {
    String tag = tag(event);
    if (tag.isEmpty()) {
      return event.isPlain() ? ScalarType.ofPlain(event.getValue()) : ScalarType.STRING;
    }
    if (!tag.startsWith(YAML)) {
      return ScalarType.STRING;
    }
    ScalarType own = ScalarType.ofPlain(event.getValue());
    return switch (tag.substring(YAML.length())) {
      case "str", "binary" -> ScalarType.STRING;
      case "float" -> own == ScalarType.INT ? ScalarType.FLOAT : own;
      default -> own;
    };
  }

  /** Whether a key is the merge key. */
  static boolean isMerge(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.getValue().equals("<<")
        && (tag(scalar).isEmpty() || tag(scalar).equals(YAML + "merge"));
  }

  private static String tag(ScalarEvent event) {
    return event.getTag().filter(tag -> !tag.equals("!")).orElse("");
  }
}
