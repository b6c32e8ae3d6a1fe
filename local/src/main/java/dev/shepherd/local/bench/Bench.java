package dev.shepherd.local.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Measures one thing, beside what it is compared with. */
public interface Bench {
  /** Runs to its end; {@code progress} takes a line for each part. */
  List<BenchRow> run(Consumer<String> progress);

  /** All benches by their names. */
  static Map<String, Bench> all() {
    return new TreeMap<>(Map.of("validate", new ValidateBench()));
  }
}
