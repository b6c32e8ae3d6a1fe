package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Drawn scenarios break no invariant and come to rest. */
class RandomScenariosTest {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  private static final Path TEMPLATE = Path.of("../template.yaml");
  private static final int SEEDS = Integer.getInteger("shepherd.seeds", 300);

  private static Campaign campaign() throws IOException {
    return new Campaign(TEMPLATE, START, Controller.SHEPHERD);
  }

  @Test
  void holdWhatIsPromisedAndComeToRest() throws IOException {
    Campaign campaign = campaign();
    List<Long> failed = LongStream.rangeClosed(1, SEEDS)
        .parallel()
        .filter(seed -> !campaign.play(campaign.scenario(seed)).isGood())
        .boxed()
        .toList();
    assertThat(failed)
        .as(() -> "the seeds that fail; the first one, made smaller:\n"
            + (failed.isEmpty()
                ? ""
                : ScenarioText.of(campaign.shrink(campaign.scenario(failed.getFirst())))))
        .isEmpty();
  }

  @Test
  void areReadableAndTheSameForOneSeed() throws IOException {
    Campaign campaign = campaign();
    for (long seed = 1; seed <= 300; seed++) {
      ObjectNode scenario = campaign.scenario(seed);
      assertThat(campaign.scenario(seed)).isEqualTo(scenario);
      Scenario read = ScenarioText.read(scenario, "seed " + seed);
      assertThat(read.seed()).isEqualTo(seed);
      assertThat(read.endsInPeace()).isTrue();
    }
  }

  @Test
  void areMadeSmallerAsLongAsTheyFail() {
    ObjectNode least = new Shrinking(RandomScenariosTest::failsWithSteps)
        .of(new ScenarioGenerator(Set.of()).draw(3));
    assertThat(least.path("fleets")).hasSize(1);
    assertThat(least.path("steps"))
        .as("but for those at the end")
        .allMatch(step -> step.path("at").equals(least.path("steps").path(0).path("at")));
    assertThat(least.path("faults")).isEmpty();
  }

  /** A report of a run that fails while there is a step. */
  private static Report failsWithSteps(ObjectNode scenario) {
    return new Report(
        "s",
        1,
        "shepherd",
        scenario.path("steps").isEmpty(),
        Optional.empty(),
        List.of(),
        TaskMinutes.NONE,
        0,
        new TreeMap<>(),
        0,
        new TreeMap<>(),
        Verdict.NONE,
        List.of());
  }

  @Test
  void twoRunsOfOneSeedAreEqualByteForByte() throws IOException {
    Campaign campaign = campaign();
    for (long seed = 1; seed <= 5; seed++) {
      ObjectNode scenario = campaign.scenario(seed);
      assertThat(campaign.play(scenario).toJson().toString())
          .isEqualTo(campaign.play(scenario).toJson().toString());
    }
  }
}
