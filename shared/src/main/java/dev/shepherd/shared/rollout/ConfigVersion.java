package dev.shepherd.shared.rollout;

import dev.shepherd.shared.config.CanonicalHash;
import dev.shepherd.shared.config.ConfigNode;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.Severity;
import dev.shepherd.shared.fleet.ConfigHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A text that stood, or stands, in a parameter.
 *
 * @param version Parameter Store's number of it
 * @param text the config itself, which may hold secrets: it is in no {@link #toString}
 * @param writtenAt when it was put
 * @param hash of its canonical form
 * @param findings what the validator says of it, without values
 */
public record ConfigVersion(
    long version,
    String text,
    ParameterKind kind,
    Instant writtenAt,
    ConfigHash hash,
    List<Finding> findings) {
  private static final int SHORT = 5;
  private static final Set<String> PULL =
      Set.of("prometheus", "kafka", "awscontainerinsightreceiver", "awscontainerinsights");

  public ConfigVersion {
    findings = List.copyOf(findings);
  }

  /** A text with the hash that it has as such a parameter. */
  public static ConfigVersion of(
      long version, String text, ParameterKind kind, Instant writtenAt, List<Finding> findings) {
    ConfigHash hash = CanonicalHash.of(text, kind.type(), kind.keyId());
    return new ConfigVersion(version, text, kind, writtenAt, hash, findings);
  }

  /** The same version with what the validator says of it. */
  public ConfigVersion with(List<Finding> said) {
    return new ConfigVersion(version, text, kind, writtenAt, hash, said);
  }

  /** Whether the collector, or the task that runs it, would certainly fail on it. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /**
   * Whether a receiver of its pipelines collects by itself, so that a second collector on the same
   * text would collect twice. False for a text that cannot be read.
   */
  boolean pulls() {
    return ConfigText.parse(text)
        .root()
        .flatMap(root -> root.get("receivers"))
        .filter(ConfigNode.MapNode.class::isInstance)
        .map(ConfigNode.MapNode.class::cast)
        .filter(receivers -> receivers.entries().stream()
            .map(entry -> entry.key().split("/", 2)[0].strip())
            .anyMatch(PULL::contains))
        .isPresent();
  }

  /** The first findings in short, errors included: an adopted text may have some. */
  List<String> shortFindings() {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings.subList(0, Math.min(SHORT, findings.size()))) {
      lines.add(finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.line() + ":"
          + finding.column() + " " + finding.rule());
    }
    if (findings.size() > SHORT) {
      lines.add("and " + (findings.size() - SHORT) + " more");
    }
    return lines;
  }

  @Override
  public String toString() {
    return "version " + version + " (" + hash + ")";
  }
}
