package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/** By what a task that Shepherd started beside a service is known. */
public final class ExtraTaskNames {
  /** Its fleet. */
  public static final String FLEET_TAG = "shepherd:fleet";

  /** The service that it was copied from, in the same cluster. */
  public static final String SERVICE_TAG = "shepherd:service";

  /** The hash that it reads. */
  public static final String CONFIG_TAG = "shepherd:config";

  /** {@code true} once it is to be taken out of Cloud Map. */
  public static final String DRAIN_TAG = "shepherd:drain";

  private ExtraTaskNames() {}

  /** RunTask's {@code startedBy}; a family's end is the same after a hyphen. */
  public static String startedBy(Kind kind) {
    return switch (kind) {
      case PROBE -> "shepherd-probe";
      case CANARY -> "shepherd-canary";
    };
  }

  /** Whether a revision, by its ARN, is of a family of extra tasks. */
  public static boolean isOfFamily(String revision, Kind kind) {
    return revision.matches(".*" + family("", kind) + ":[0-9]+");
  }

  /** The family of a service's extra tasks. */
  public static String family(String of, Kind kind) {
    return of + "-" + startedBy(kind);
  }

  /**
   * A task as one of this fleet's, by its mark, its family and its tags together; empty for any
   * other.
   */
  public static Optional<ExtraTask> extra(FleetName fleet, String cluster, Task task) {
    Map<String, String> tags = task.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
    boolean ours = fleet.toString().equals(tags.get(FLEET_TAG)) && tags.containsKey(SERVICE_TAG);
    return Stream.of(Kind.values())
        .filter(kind -> ours
            && startedBy(kind).equals(task.startedBy())
            && isOfFamily(task.taskDefinitionArn(), kind))
        .findFirst()
        .flatMap(kind -> Optional.ofNullable(tags.get(CONFIG_TAG))
            .filter(hash -> hash.matches("[0-9a-f]{12}"))
            .map(hash -> new ExtraTask(
                kind,
                new ServiceName(cluster, tags.getOrDefault(SERVICE_TAG, "")),
                new ConfigHash(hash),
                "true".equals(tags.get(DRAIN_TAG)),
                ServiceViews.state(task))));
  }
}
