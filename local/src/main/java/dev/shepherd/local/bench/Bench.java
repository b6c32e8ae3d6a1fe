package dev.shepherd.local.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures one thing, beside what it is compared with. */
public interface Bench {
  /** Runs to its end; {@code progress} takes a line for each part. */
  List<BenchRow> run(Consumer<String> progress);

  /**
   * All benches by their names, in the order of the README's table.
   *
   * @param root the project's folder
   */
  static Map<String, Bench> all(Path root) {
    Map<String, Bench> all = new LinkedHashMap<>();
    all.put("calls", new CallsBench(root));
    all.put("storm", new StormBench(root));
    all.put("rollout", new RolloutBench(root));
    all.put("size", new SizeBench(root));
    all.put("cold", new ColdBench(root));
    all.put("warm", new WarmBench(root));
    all.put("plan", new PlanBench());
    all.put("validate", new ValidateBench());
    return all;
  }
}
