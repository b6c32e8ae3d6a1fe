package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DemoTest {
  private static final Path ROOT = Path.of("..");

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
  void endsAsItShould() throws IOException {
    Demo.Outcome outcome = Demo.play(ROOT);
    assertThat(outcome.missed()).isEmpty();
    assertThat(outcome.report().converged()).isTrue();
  }

  @Test
  void playsTwiceToTheSameBytes() throws IOException {
    String first = Demo.play(ROOT).report().toJson().toString();
    assertThat(Demo.play(ROOT).report().toJson().toString()).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("eventFaults")
  void endsTheSameWhateverHappensToEvents(FaultRates faults) throws IOException {
    List<FleetReport> calm = Demo.play(ROOT).report().fleets();
    Demo.Outcome outcome = play(faults);
    assertThat(outcome.missed()).isEmpty();
    assertThat(outcome.report().fleets()).isEqualTo(calm);
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
