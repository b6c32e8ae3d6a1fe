package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.Moving;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The part of {@link StateJson} that tells of one service under way. */
final class MovingJson {
  /** What stands before the family in the ARN of a revision. */
  private static final String FAMILY = ":task-definition/";

  private MovingJson() {}

  /** With what the ARNs of all revisions of one account and region begin; written once. */
  static String arns(Moving moving) {
    int end = moving.from().indexOf(FAMILY);
    return end < 0 ? "" : moving.from().substring(0, end + FAMILY.length());
  }

  private static String shortened(String arn, String arns) {
    return arn.startsWith(arns) ? arn.substring(arns.length()) : arn;
  }

  private static String whole(String revision, String arns) {
    return revision.startsWith("arn:") ? revision : arns + revision;
  }

  static Map<String, Object> write(Moving moving, String arns) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cluster", moving.service().cluster());
    json.put("service", moving.service().service());
    json.put("to", moving.to());
    json.put("from", shortened(moving.from(), arns));
    json.put("over", moving.over().map(arn -> shortened(arn, arns)));
    json.put("since", moving.since());
    json.put("deployment", moving.deployment());
    json.put("revision", moving.revision().map(arn -> shortened(arn, arns)));
    json.put("overtaken", moving.overtaken().map(arn -> shortened(arn, arns)));
    json.put("wellSince", moving.wellSince());
    return json;
  }

  static Moving read(JsonNode json, String arns) {
    return new Moving(
        new ServiceName(StateJson.text(json, "cluster"), StateJson.text(json, "service")),
        new ConfigHash(StateJson.text(json, "to")),
        whole(StateJson.text(json, "from"), arns),
        StateJson.optional(json, "over").map(revision -> whole(revision, arns)),
        Instant.parse(StateJson.text(json, "since")),
        StateJson.optional(json, "deployment"),
        StateJson.optional(json, "revision").map(revision -> whole(revision, arns)),
        StateJson.optional(json, "overtaken").map(revision -> whole(revision, arns)),
        StateJson.optional(json, "wellSince").map(Instant::parse));
  }
}
