package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.Moving;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of {@link StateJson} that tells of one service under way, on one line: the service, the
 * hash it goes to, the revision it comes from, the one it replaces, when it was ordered, its
 * deployment, the revision it goes to, the one it overtook, and since when it is well; {@code -}
 * where there is none. None of them can hold a space.
 *
 * <p>Of an ARN only what follows {@code arns} is written, what all of one account and region begin
 * with, and of a revision of the family it comes from only its number: {@code :9}.
 */
final class MovingText {
  /** What stands before the family in the ARN of a revision. */
  private static final String FAMILY = ":task-definition/";

  private static final String NONE = "-";
  private static final int PARTS = 9;

  /** As long as the ids are that ECS gives to deployments. */
  private static final String DEPLOYMENT = "ecs-svc/" + "0".repeat(19);

  private MovingText() {}

  /** With what the ARNs of all revisions of one account and region begin; written once. */
  static String arns(Moving moving) {
    int end = moving.from().indexOf(FAMILY);
    return end < 0 ? "" : moving.from().substring(0, end + FAMILY.length());
  }

  /** The same once it has been deployed and is well. */
  static Moving grown(Moving moving) {
    return new Moving(
        moving.service(),
        moving.to(),
        moving.from(),
        moving.over(),
        moving.since(),
        moving.deployment().or(() -> Optional.of(DEPLOYMENT)),
        moving.revision().or(() -> Optional.of(moving.from() + "0")),
        moving.overtaken(),
        moving.wellSince().or(() -> Optional.of(moving.since())));
  }

  static String write(Moving moving, String arns) {
    String own = family(moving.from());
    return Stream.of(
            Optional.of(moving.service()),
            Optional.of(moving.to()),
            Optional.of(shortened(moving.from(), arns, "")),
            moving.over().map(arn -> shortened(arn, arns, own)),
            Optional.of(moving.since()),
            moving.deployment(),
            moving.revision().map(arn -> shortened(arn, arns, own)),
            moving.overtaken().map(arn -> shortened(arn, arns, own)),
            moving.wellSince())
        .map(part -> part.map(Object::toString).orElse(NONE))
        .collect(Collectors.joining(" "));
  }

  /** @throws RuntimeException if it is not what {@link #write} wrote */
  static Moving read(String text, String arns) {
    List<String> parts = List.of(text.split(" ", -1));
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("moving");
    }
    String[] service = parts.getFirst().split("/", 2);
    String from = whole(parts.get(2), arns, "");
    String own = family(from);
    return new Moving(
        new ServiceName(service[0], service[1]),
        new ConfigHash(parts.get(1)),
        from,
        part(parts, 3).map(revision -> whole(revision, arns, own)),
        Instant.parse(parts.get(4)),
        part(parts, 5),
        part(parts, 6).map(revision -> whole(revision, arns, own)),
        part(parts, 7).map(revision -> whole(revision, arns, own)),
        part(parts, 8).map(Instant::parse));
  }

  private static Optional<String> part(List<String> parts, int index) {
    return Optional.of(parts.get(index)).filter(part -> !part.equals(NONE));
  }

  /** The ARN of a revision without its number. */
  private static String family(String revision) {
    return revision.substring(0, Math.max(0, revision.lastIndexOf(':')));
  }

  private static String shortened(String arn, String arns, String own) {
    if (family(arn).equals(own)) {
      return arn.substring(own.length());
    }
    return arn.startsWith(arns) ? arn.substring(arns.length()) : arn;
  }

  private static String whole(String revision, String arns, String own) {
    if (revision.startsWith("arn:") && revision.contains(FAMILY)) {
      return revision;
    }
    return (revision.startsWith(":") ? own : arns) + revision;
  }
}
