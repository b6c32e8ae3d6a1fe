package dev.shepherd.shared.config;

import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one validation. */
final class Report {
  /** More than anyone reads; a hostile text could earn one for every line. */
  static final int MAX_FINDINGS = 500;

  private final List<Finding> findings = new ArrayList<>();

  /** Whether no further finding is taken, so that no further look is worth its time. */
  boolean isFull() {
    return findings.size() >= MAX_FINDINGS;
  }

  void error(Place place, String rule, String path, String message) {
    add(place, Severity.ERROR, rule, path, message);
  }

  void warning(Place place, String rule, String path, String message) {
    add(place, Severity.WARNING, rule, path, message);
  }

  void unknown(Place place, String rule, String path, String message) {
    add(place, Severity.UNKNOWN, rule, path, message);
  }

  void add(Place place, Severity severity, String rule, String path, String message) {
    if (!isFull()) {
      findings.add(Finding.at(place, severity, rule, path, message));
    }
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
