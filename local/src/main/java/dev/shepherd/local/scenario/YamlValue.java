package dev.shepherd.local.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of a scenario file that knows its place; every reading checks and says what is wrong.
 */
final class YamlValue {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smh])");

  private final Node node;
  private final String file;

  YamlValue(Node node, String file) {
    this.node = node;
    this.file = file;
  }

  Place place() {
    return node.getStartMark()
        .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> new Place(file, 1, 1));
  }

  ScenarioError error(String message) {
    return new ScenarioError(place(), message);
  }

  /** A mapping with these keys and no others. */
  YamlMap map(List<String> keys) {
    YamlMap map = anyMap();
    map.onlyKnown(keys);
    return map;
  }

  /** A mapping whose keys are free. */
  YamlMap anyMap() {
    if (!(node instanceof MappingNode mapping)) {
      throw error("a mapping (key: value) is expected here");
    }
    Map<String, YamlValue> keys = new LinkedHashMap<>();
    Map<String, YamlValue> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlValue key = new YamlValue(tuple.getKeyNode(), file);
      String name = key.text();
      if (keys.put(name, key) != null) {
        throw key.error("the key '" + name + "' stands here twice");
      }
      values.put(name, new YamlValue(tuple.getValueNode(), file));
    }
    return new YamlMap(this, keys, values);
  }

  List<YamlValue> list() {
    if (!(node instanceof SequenceNode sequence)) {
      throw error("a list is expected here");
    }
    return sequence.getValue().stream().map(item -> new YamlValue(item, file)).toList();
  }

  /** Any scalar but null and the empty text. */
  String text() {
    if (!(node instanceof ScalarNode scalar)
        || node.getTag().equals(Tag.NULL)
        || scalar.getValue().isEmpty()) {
      throw error("a text is expected here");
    }
    return scalar.getValue();
  }

  String matching(Pattern pattern, String what) {
    String text = text();
    if (!pattern.matcher(text).matches()) {
      throw error(what + " is expected here, got '" + text + "'");
    }
    return text;
  }

  /** A whole number within both bounds. */
  int integer(int least, int most) {
    long number = least - 1L;
    if (node.getTag().equals(Tag.INT) && text().length() < 19) {
      number = Long.parseLong(text());
    }
    if (number < least || number > most) {
      throw error("a whole number from " + least + " to " + most + " is expected here");
    }
    return (int) number;
  }

  /** A whole number of 64 bits. */
  long seed() {
    try {
      return Long.parseLong(text());
    } catch (NumberFormatException _) {
      throw error("a whole number is expected here, got '" + text() + "'");
    }
  }

  /** A chance from 0 to 1. */
  double rate() {
    boolean numeric = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    try {
      double number = numeric ? Double.parseDouble(text()) : Double.NaN;
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException _) {
      // A float that Java writes otherwise, such as .inf, is out of bounds all the same.
    }
    throw error("a rate from 0 to 1 is expected here");
  }

  boolean flag() {
    if (!node.getTag().equals(Tag.BOOL)) {
      throw error("true or false is expected here");
    }
    return Boolean.parseBoolean(text());
  }

  /** A time span: a whole number and s, m or h. */
  Duration duration() {
    Matcher matcher = DURATION.matcher(node instanceof ScalarNode scalar ? scalar.getValue() : "");
    if (!matcher.matches()) {
      throw error("a time like 30s, 10m or 4h is expected here");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** The one of these words that is written here. */
  String oneOf(String... words) {
    return oneOf(List.of(words));
  }

  /** The one of these that is written here, by its {@code toString}. */
  <T> T oneOf(List<T> choices) {
    String text = text();
    return choices.stream()
        .filter(choice -> choice.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> error("'" + text + "' is not one of: " + words(choices)));
  }

  private static String words(List<?> choices) {
    return choices.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
