package dev.shepherd.functions.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Set<String> ALL = Set.of("a", "b", "c", "d");

  private final Turns<String> turns = new Turns<>();
  private Instant now = Instant.EPOCH;

  /** A run that has room for one. */
  private String run() {
    now = now.plusSeconds(60);
    turns.begin(ALL);
    String first = ALL.stream().min(turns.order()).orElseThrow();
    turns.tried(List.of(first), now);
    return first;
  }

  @Test
  void goesRoundWhateverCameOfIt() {
    assertThat(Stream.generate(this::run).limit(6)).containsExactly("a", "b", "c", "d", "a", "b");
  }

  @Test
  void letsNeitherWhatIsUrgentNorTheOthersWait() {
    turns.urgent("d", true);
    assertThat(Stream.generate(this::run).limit(6)).containsExactly("d", "a", "d", "b", "d", "c");
    turns.urgent("d", false);
    assertThat(Stream.generate(this::run).limit(3)).containsExactly("a", "b", "d");
  }

  @Test
  void forgetsWhatIsGone() {
    turns.urgent("d", true);
    turns.begin(Set.of("a", "b", "c"));
    turns.begin(ALL);
    turns.begin(ALL);
    assertThat(ALL.stream().min(turns.order())).contains("a");
  }
}
