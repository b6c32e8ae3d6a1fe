package dev.shepherd.local.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A parameter with the versions that are kept, and its tags. */
public final class StoredParameter {
  /** The oldest is dropped when one more comes. */
  private static final int VERSIONS_KEPT = 100;

  /** For each version. */
  private static final int LABELS = 10;

  private final Deque<ParameterVersion> versions = new ArrayDeque<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final Map<String, Long> labels = new LinkedHashMap<>();

  StoredParameter(ParameterVersion first) {
    versions.add(first);
  }

  /**
   * The oldest version makes room for the hundred-and-first, unless <a href=
   * "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html">it
   * has a label</a>.
   */
  void add(ParameterVersion version) {
    if (versions.size() == VERSIONS_KEPT) {
      long oldest = versions.getFirst().version();
      if (labels.containsValue(oldest)) {
        throw AwsFailure.refused(
            "ParameterMaxVersionLimitExceeded",
            "Version " + oldest + ", the oldest version, can't be deleted because it has a label"
                + " associated with it. Move the label to another version of the parameter, and"
                + " try again.");
      }
      versions.removeFirst();
    }
    versions.add(version);
  }

  /** Sets labels on one version; those that were on another move. */
  void label(long version, List<String> moved) {
    Set<String> after = new LinkedHashSet<>(labels(version));
    after.addAll(moved);
    if (after.size() > LABELS) {
      throw AwsFailure.refused(
          "ParameterVersionLabelLimitExceeded",
          "A parameter version can have a maximum of ten labels.");
    }
    moved.forEach(label -> labels.put(label, version));
  }

  /** Takes labels away, wherever they are. */
  public void unlabel(List<String> gone) {
    labels.keySet().removeAll(gone);
  }

  /** The labels of one version, oldest first. */
  public List<String> labels(long version) {
    return labels.entrySet().stream()
        .filter(each -> each.getValue() == version)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** By a version's number or a label. */
  public Optional<ParameterVersion> selected(String selector) {
    return selector.matches("\\d{1,18}")
        ? version(Long.parseLong(selector))
        : Optional.ofNullable(labels.get(selector)).flatMap(this::version);
  }

  static String arn(String name) {
    return Arns.of("ssm", name.startsWith("/") ? "parameter" + name : "parameter/" + name);
  }

  public ParameterVersion latest() {
    return versions.getLast();
  }

  /** What is kept, oldest first. */
  public List<ParameterVersion> history() {
    return new ArrayList<>(versions);
  }

  public Optional<ParameterVersion> version(long version) {
    return versions.stream().filter(each -> each.version() == version).findFirst();
  }

  /** Tags by key; changes show. */
  public Map<String, String> tags() {
    return tags;
  }
}
