package dev.shepherd.shared.config;

import java.util.List;

/** What a config was found to be, with every finding, sorted. */
public record Validation(List<Finding> findings) {
  /** The answer in one word. */
  public enum Verdict {
    VALID,
    INVALID,
    UNKNOWN
  }

  public Validation {
    findings = findings.stream().distinct().sorted().toList();
  }

  /** Invalid with any error, else unknown with any unknown, else valid. */
  public Verdict verdict() {
    if (has(Severity.ERROR)) {
      return Verdict.INVALID;
    }
    return has(Severity.UNKNOWN) ? Verdict.UNKNOWN : Verdict.VALID;
  }

  /** The errors alone: why a config is refused. */
  public List<Finding> errors() {
    return findings.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .toList();
  }

  private boolean has(Severity severity) {
    return findings.stream().anyMatch(finding -> finding.severity() == severity);
  }
}
