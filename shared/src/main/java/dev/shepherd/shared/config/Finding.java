package dev.shepherd.shared.config;

import java.util.Comparator;

/**
 * One thing that is wrong, or that needs a look. It never carries a value of the config, which may
 * be a secret: keys, component ids, sections and limits only. Sorted by place, then by severity.
 *
 * @param severity what it means for the verdict
 * @param rule stable id in kebab case, documented in {@code docs/findings.md}
 * @param path dotted path in the config, {@code service.pipelines.traces.exporters[1]}; empty for
 *     the whole
 * @param line line in the text, from 1
 * @param column column in code points, from 1
 * @param message a sentence that says what to do
 */
public record Finding(
    Severity severity, String rule, String path, int line, int column, String message)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER = Comparator.comparingInt(Finding::line)
      .thenComparingInt(Finding::column)
      .thenComparing(Finding::severity)
      .thenComparing(Finding::rule)
      .thenComparing(Finding::path)
      .thenComparing(Finding::message);

  public Finding {
    if (rule.isEmpty() || message.isEmpty()) {
      throw new IllegalArgumentException("a finding has a rule and a message");
    }
  }

  /** A finding at {@code place}. */
  public static Finding at(
      Place place, Severity severity, String rule, String path, String message) {
    return new Finding(severity, rule, path, place.line(), place.column(), message);
  }

  /** An error at {@code place}. */
  public static Finding error(Place place, String rule, String path, String message) {
    return at(place, Severity.ERROR, rule, path, message);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
