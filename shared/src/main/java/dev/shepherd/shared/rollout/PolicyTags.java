package dev.shepherd.shared.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The tags on the config parameter by which operators steer. One that is out of bounds changes
 * nothing; it is a finding {@code tag-out-of-bounds} in the fleet's state, written once, when
 * nothing else is to be done, and taken out once it is mended.
 */
final class PolicyTags {
  private static final String PREFIX = "shepherd:";

  private record Bound(Predicate<String> holds, String words) {}

  private static final Bound HASH =
      new Bound(value -> value.matches("[0-9a-f]{12}"), "12 lowercase hexadecimal digits");

  private static final Map<String, Bound> BOUNDS = new TreeMap<>(Map.of(
      "canary-percent",
      whole(1, 50),
      "bake-minutes",
      whole(0, 1440),
      "max-unavailable-percent",
      whole(0, 50),
      "waves",
      new Bound(value -> RolloutLimits.waves(value).isPresent(), "percents that ascend to 100"),
      "paused",
      new Bound(value -> value.matches("(?i)true|false"), "true or false"),
      "abort",
      HASH,
      "release",
      HASH));

  private PolicyTags() {}

  private static Bound whole(int least, int most) {
    return new Bound(
        value -> RolloutLimits.whole(value, least, most).isPresent(), least + " to " + most);
  }

  /**
   * The decision, or, where it would do nothing, what has to be remembered of the tags.
   *
   * @param tags those of the config parameter
   */
  static RolloutDecision noted(
      RolloutDecision decision, Map<String, String> tags, RolloutState state) {
    boolean idle =
        decision instanceof RolloutDecision.Done || decision instanceof RolloutDecision.Wait;
    List<String> bad = outOfBounds(tags);
    List<String> findings = findings(state.findings(), bad);
    if (!idle || findings.equals(state.findings())) {
      return decision;
    }
    String news = bad.isEmpty() ? "; every tag is within its bounds again" : text(tags);
    return new RolloutDecision.Note(state.finding(findings), decision.reason() + news);
  }

  /** What to say of the tags that are out of bounds; empty where there is none. */
  static String text(Map<String, String> tags) {
    String each = outOfBounds(tags).stream()
        .map(key -> PREFIX + key + " must be " + bound(key).words())
        .collect(Collectors.joining(", "));
    return each.isEmpty() ? "" : "; tags out of bounds, which change nothing: " + each;
  }

  /** The findings of a new text, with what is known of the tags. */
  static List<String> kept(List<String> before, List<String> ofText) {
    List<String> all = new ArrayList<>(ofText);
    before.stream().filter(RolloutState::isOfTags).forEach(all::add);
    return all;
  }

  private static List<String> findings(List<String> before, List<String> bad) {
    List<String> all = new ArrayList<>(
        before.stream().filter(finding -> !RolloutState.isOfTags(finding)).toList());
    if (!bad.isEmpty()) {
      all.add(RolloutState.TAG_FINDING + String.join(" ", bad));
    }
    return all;
  }

  private static List<String> outOfBounds(Map<String, String> tags) {
    return BOUNDS.keySet().stream()
        .filter(key -> Optional.ofNullable(tags.get(PREFIX + key))
            .map(String::strip)
            .filter(value -> !bound(key).holds().test(value))
            .isPresent())
        .toList();
  }

  private static Bound bound(String key) {
    return Optional.ofNullable(BOUNDS.get(key)).orElseThrow();
  }
}
