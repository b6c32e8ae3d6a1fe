package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(Lifecycle.PER_CLASS)
class DemoTest {
  private static final Path ROOT = Path.of("..");

  private final Demo.Outcome calm;

  DemoTest() throws IOException {
    calm = Demo.play(ROOT);
  }

  private static Demo.Outcome play(FaultRates faults) throws IOException {
    Scenario demo = Demo.scenario(ROOT);
    return Demo.play(
        new Scenario(
            demo.name(),
            demo.seed(),
            demo.duration(),
            demo.policy(),
            demo.clusters(),
            demo.fleets(),
            faults,
            demo.steps()),
        ROOT);
  }

  @Test
  void endsAsItShould() {
    assertThat(calm.missed()).isEmpty();
    assertThat(calm.report().converged()).isTrue();
  }

  @Test
  void tellsAnEditOfCommentsAndNoCountdownTwice() {
    String text = ReportText.of(calm.report());
    assertThat(text)
        .startsWith("Timeline of examples/demo/scenario.yaml (virtual time)\n\n  00:00:00");
    assertThat(text.replaceAll("\\s+", " "))
        .containsOnlyOnce("only comments, spacing or the order of keys changed")
        .doesNotContain("settling for 59 s");
  }

  @Test
  void playsTwiceToTheSameBytes() throws IOException {
    assertThat(Demo.play(ROOT).report().toJson().toString())
        .isEqualTo(calm.report().toJson().toString());
  }

  @ParameterizedTest
  @MethodSource("eventFaults")
  void endsTheSameWhateverHappensToEvents(FaultRates faults) throws IOException {
    Demo.Outcome outcome = play(faults);
    assertThat(outcome.missed()).isEmpty();
    // Which tasks had failed when that was seen, the reason says, differs with the time of the
    // look.
    assertThat(outcome.report().fleets())
        .usingRecursiveComparison()
        .ignoringFields("quarantined.reason")
        .isEqualTo(calm.report().fleets());
  }

  static Stream<Arguments> eventFaults() {
    return Stream.of(
        argumentSet("half are doubled", events(0.5, 0, 0, 0)),
        argumentSet("half are overtaken, all up to 90 s late", events(0, 0.5, 0, 90)),
        argumentSet("all are lost", events(0, 0, 1, 0)));
  }

  private static FaultRates events(double duplicate, double reorder, double lose, long delay) {
    return new FaultRates(
        duplicate, reorder, lose, Duration.ofSeconds(delay), 0, 0, 0, 0, 0, false);
  }
}
