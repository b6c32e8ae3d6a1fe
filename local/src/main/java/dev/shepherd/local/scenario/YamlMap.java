package dev.shepherd.local.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A mapping of a scenario file; keys and values know their places. */
record YamlMap(YamlValue self, Map<String, YamlValue> keys, Map<String, YamlValue> values) {

  void onlyKnown(List<String> known) {
    keys.forEach((name, key) -> {
      if (!known.contains(name)) {
        throw key.error(
            "the key '" + name + "' is not known here; known are " + String.join(", ", known));
      }
    });
  }

  boolean has(String key) {
    return keys.containsKey(key);
  }

  /** The value of a key that must be there. */
  YamlValue get(String key) {
    return find(key).orElseThrow(() -> self.error("the key '" + key + "' is missing"));
  }

  Optional<YamlValue> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  <T> T get(String key, Function<YamlValue, T> reading, T otherwise) {
    return find(key).map(reading).orElse(otherwise);
  }

  /** The list under a key; empty where the key is missing. */
  List<YamlValue> list(String key) {
    return get(key, YamlValue::list, List.of());
  }
}
