package dev.shepherd.shared.config;

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
