package dev.shepherd.shared.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a scalar's tag and style say about its type, before its text does. */
final class ScalarTag {
  private static final String YAML = "tag:yaml.org,2002:";

  private ScalarTag() {}

  /** The type of a scalar; empty if its text does not fit its tag. */
  static Optional<ScalarType> type(ScalarEvent event) {
    String tag = tag(event);
    if (tag.isEmpty()) {
      return Optional.of(
          event.isPlain() ? ScalarType.ofPlain(event.getValue()) : ScalarType.STRING);
    }
    if (!tag.startsWith(YAML)) {
      return Optional.of(ScalarType.STRING);
    }
    ScalarType own = ScalarType.ofPlain(event.getValue());
    return switch (tag.substring(YAML.length())) {
      case "str", "binary" -> Optional.of(ScalarType.STRING);
      case "float" ->
        Optional.of(ScalarType.FLOAT)
            .filter(any -> own == ScalarType.FLOAT || own == ScalarType.INT);
      case "int" -> Optional.of(own).filter(type -> type == ScalarType.INT);
      case "bool" -> Optional.of(own).filter(type -> type == ScalarType.BOOL);
      case "null" -> Optional.of(own).filter(type -> type == ScalarType.NULL);
      case "timestamp" -> Optional.of(own).filter(type -> type == ScalarType.TIMESTAMP);
      default -> Optional.of(own);
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
