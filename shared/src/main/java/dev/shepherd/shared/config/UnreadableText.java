package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import java.io.Serial;

/** Ends the reading of a text; {@link ConfigText} turns it into a finding. */
final class UnreadableText extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  private final transient Place place;
  private final String rule;
  private final String sentence;

  UnreadableText(Place place, String rule, String sentence) {
    super(rule, null, false, false);
    this.place = place;
    this.rule = rule;
    this.sentence = sentence;
  }

  static UnreadableText duplicate(Entry second, Entry first) {
    return new UnreadableText(
        second.place(),
        "yaml-syntax-duplicate-key",
        "Remove one of the two: this key already stands at line "
            + first.place().line() + ".");
  }

  static UnreadableText aliasing(Place place) {
    return new UnreadableText(
        place,
        "yaml-syntax-aliasing",
        "Use fewer aliases: expanded, the config has over " + ConfigText.MAX_NODES + " nodes.");
  }

  static UnreadableText syntax(Place place, String sentence) {
    return new UnreadableText(place, "yaml-syntax", sentence);
  }

  /** The parser's own messages may quote the text, so only what they speak of is passed on. */
  static UnreadableText problem(Place place, String problem) {
    if (problem.contains("TAB")) {
      return syntax(place, "Indent with spaces: YAML allows no tab here.");
    }
    if (problem.contains("mapping values are not allowed")) {
      return syntax(place, "Quote the value or break the line: a second ': ' cannot stand here.");
    }
    return syntax(place, "Correct the YAML here: it cannot be parsed.");
  }

  Place place() {
    return place;
  }

  String rule() {
    return rule;
  }

  String sentence() {
    return sentence;
  }
}
