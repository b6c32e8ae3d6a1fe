package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.fleet.ContainerState.Health.HEALTHY;
import static dev.shepherd.shared.rollout.Fleets.H1;
import static dev.shepherd.shared.rollout.Fleets.LIMITS;
import static dev.shepherd.shared.rollout.Fleets.NOW;
import static dev.shepherd.shared.rollout.Fleets.idle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.shared.rollout.Fleets.Fleet;
import dev.shepherd.shared.rollout.Fleets.Service;
import dev.shepherd.shared.rollout.RolloutDecision.Done;
import dev.shepherd.shared.rollout.RolloutDecision.Note;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTagsTest {
  private static final Fleet QUIET = idle(Service.pinned("a", H1, 8, 2).read(HEALTHY));

  @ParameterizedTest
  @MethodSource("values")
  void saysWhichTagIsOutOfBounds(String key, String value, boolean good) {
    assertThat(PolicyTags.text(Map.of("shepherd:" + key, value)).isEmpty()).isEqualTo(good);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        argumentSet("share", "canary-percent", " 50 ", true),
        argumentSet("no share", "canary-percent", "0", false),
        argumentSet("over half", "canary-percent", "51", false),
        argumentSet("a percent sign", "canary-percent", "25%", false),
        argumentSet("no bake", "bake-minutes", "0", true),
        argumentSet("over a day", "bake-minutes", "1441", false),
        argumentSet("report only", "max-unavailable-percent", "0", true),
        argumentSet("over half away", "max-unavailable-percent", "51", false),
        argumentSet("waves", "waves", "10,100", true),
        argumentSet("waves as AWS lets a tag hold them", "waves", "10 + 50+100", true),
        argumentSet("waves that do not end at 100", "waves", "10,50", false),
        argumentSet("paused", "paused", "True", true),
        argumentSet("not paused", "paused", "false", true),
        argumentSet("neither", "paused", "yes", false),
        argumentSet("a hash", "abort", H1.toString(), true),
        argumentSet("a version", "abort", "12", false),
        argumentSet("capital letters", "release", "ABCDEFABCDEF", false),
        argumentSet("somebody else's", "owner", "me", true));
  }

  @Test
  void notesThemOnceAndTakesThemOutOnceMended() {
    Fleet wrong = QUIET.tag("shepherd:waves", "100,50");
    assertThat(plan(wrong)).isInstanceOfSatisfying(Note.class, note -> {
      assertThat(note.reason()).contains("shepherd:waves must be percents that ascend to 100");
      assertThat(note.next().findings()).containsExactly("warning tag-out-of-bounds waves");
      assertThat(plan(wrong.state(note.next())))
          .isInstanceOf(Done.class)
          .extracting(RolloutDecision::reason)
          .asString()
          .contains("shepherd:waves must be");
      assertThat(plan(QUIET.state(note.next())))
          .isInstanceOfSatisfying(
              Note.class, mended -> assertThat(mended.next().findings()).isEmpty());
    });
  }

  @Test
  void keepsThemBesideTheFindingsOfANewText() {
    List<String> before = List.of("warning 1:2 renamed-type", "warning tag-out-of-bounds waves");
    assertThat(PolicyTags.kept(before, List.of("note 3:4 x")))
        .containsExactly("note 3:4 x", "warning tag-out-of-bounds waves");
  }

  private static RolloutDecision plan(Fleet fleet) {
    return RolloutPlanner.plan(fleet.seen(), LIMITS, NOW);
  }
}
