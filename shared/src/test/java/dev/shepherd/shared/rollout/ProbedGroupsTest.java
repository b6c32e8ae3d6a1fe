package dev.shepherd.shared.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a state remembers of the groups that a probe has passed for. */
class ProbedGroupsTest {
  private static final String LIVE = "aaaaaa111111";
  private static final String CANDIDATE = "bbbbbb222222";

  private static List<String> keys(String config, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(group -> ProbedGroups.key(config, group))
        .toList();
  }

  @Test
  void tellsGroupsAndConfigsApart() {
    List<String> probed = ProbedGroups.with(List.of(), keys(LIVE, 0, 2));
    assertThat(ProbedGroups.has(probed, ProbedGroups.key(LIVE, 1))).isTrue();
    assertThat(ProbedGroups.has(probed, ProbedGroups.key(LIVE, 2))).isFalse();
    assertThat(ProbedGroups.has(probed, ProbedGroups.key(CANDIDATE, 1))).isFalse();
  }

  @Test
  void remembersAnyNumberThatPassInOrder() {
    List<String> probed = ProbedGroups.with(List.of(), keys(LIVE, 0, 20));
    for (int group = 0; group < 1_000; group += 10) {
      probed = ProbedGroups.with(probed, keys(CANDIDATE, group, group + 10));
      assertThat(probed).hasSizeLessThanOrEqualTo(ProbedGroups.MAX);
    }
    List<String> all = probed;
    assertThat(keys(CANDIDATE, 0, 1_000)).allMatch(key -> ProbedGroups.has(all, key));
    assertThat(keys(LIVE, 0, 20)).allMatch(key -> ProbedGroups.has(all, key));
    assertThat(ProbedGroups.has(all, ProbedGroups.key(CANDIDATE, 1_000))).isFalse();
    assertThat(ProbedGroups.has(all, ProbedGroups.key(LIVE, 20))).isFalse();
  }

  @Test
  void ordersKeysAsWordsDo() {
    assertThat(ProbedGroups.key(LIVE, -1)).isGreaterThan(ProbedGroups.key(LIVE, 1));
    List<String> probed = ProbedGroups.with(keys(LIVE, 0, 20), keys(LIVE, -20, 0));
    assertThat(ProbedGroups.has(probed, ProbedGroups.key(LIVE, -1))).isTrue();
  }
}
