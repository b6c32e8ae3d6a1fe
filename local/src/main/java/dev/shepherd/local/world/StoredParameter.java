package dev.shepherd.local.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parameter with the versions that are kept, and its tags. */
public final class StoredParameter {
  /** The oldest is dropped when one more comes. */
  private static final int VERSIONS_KEPT = 100;

  private final Deque<ParameterVersion> versions = new ArrayDeque<>();
  private final Map<String, String> tags = new LinkedHashMap<>();

  StoredParameter(ParameterVersion first) {
    versions.add(first);
  }

  void add(ParameterVersion version) {
    versions.add(version);
    if (versions.size() > VERSIONS_KEPT) {
      versions.removeFirst();
    }
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
