package dev.shepherd.shared.config;

import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one validation. */
final class Report {
  private final List<Finding> findings = new ArrayList<>();

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
    findings.add(Finding.at(place, severity, rule, path, message));
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
