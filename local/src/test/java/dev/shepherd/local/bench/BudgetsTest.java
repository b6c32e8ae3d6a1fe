package dev.shepherd.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What must not grow unnoticed: counts, never times. To raise a budget, say in docs/performance.md
 * why.
 */
final class BudgetsTest {
  private static final Path ROOT = Path.of(System.getProperty("shepherd.root", ".."));
  private static final SampleFleets FLEETS = new SampleFleets(100);

  private static final Map<String, Double> COUNTED = new TreeMap<>();

  @BeforeAll
  static void count() {
    List<BenchRow> calls = new CallsBench(ROOT).measure(FLEETS);
    List<BenchRow> storm = new StormBench(ROOT).measure(FLEETS);
    Stream.concat(calls.stream(), storm.stream())
        .forEach(row -> COUNTED.put(row.scenario(), row.value().median()));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "105 tasks: quiet run of ConfigRollout, 6",
    "105 tasks: quiet run of TaskReplacement, 6",
    "105 tasks: quiet run of RegistrationSync, 6",
    "'105 tasks: a rollout, all functions', 482",
    "100 events: invocations, 20",
    "100 events: API calls, 37",
    "100 events: reconciles of each service, 5",
  })
  void staysWithin(String what, double budget) {
    assertThat(COUNTED).containsKey(what);
    assertThat(COUNTED.get(what)).as(what).isLessThanOrEqualTo(budget);
  }

  @Test
  void theArtifactStaysWithinItsSize() {
    SizeBench.Artifact artifact =
        SizeBench.Artifact.read(ROOT.resolve("functions/target/shepherd-functions.zip"));

    assertThat(artifact.zipped()).as("bytes").isLessThanOrEqualTo(21_500_000);
    assertThat(artifact.classes()).as("classes").isLessThanOrEqualTo(13_000);
  }
}
