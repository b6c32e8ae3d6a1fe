package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.protocol.AwsJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Invariant 5: a revision that Shepherd registers in a service's family differs from the one that
 * it was made from only in where configs come from, in image digests and in tags.
 */
final class CopiesDifferOnlyInConfig implements Rule {
  private final Configs configs;

  CopiesDifferOnlyInConfig(Configs configs) {
    this.configs = configs;
  }

  @Override
  public void before(Act act, Checks checks) {
    String family = act.text("family");
    if (act.is("ecs:RegisterTaskDefinition") && !family.matches(".*-shepherd-(probe|canary)")) {
      Optional<TaskDefinition> base = tag(act.request(), "shepherd:from")
          .flatMap(from -> configs.definition(family + ":" + from));
      checks.that(
          5,
          base.isPresent(),
          () -> act + " registers a revision of " + family + " that says of no base");
      base.ifPresent(from -> {
        List<String> differ = differences(AwsJson.encode(from), act.request());
        checks.that(
            5,
            differ.isEmpty(),
            () -> "%s copies %s:%d with other %s"
                .formatted(act, family, from.revision(), String.join(", ", differ)));
      });
    }
  }

  private static Optional<String> tag(ObjectNode request, String key) {
    for (JsonNode tag : request.path("tags")) {
      if (tag.path("key").asText().equals(key)) {
        return Optional.of(tag.path("value").asText());
      }
    }
    return Optional.empty();
  }

  /** The members that RegisterTaskDefinition takes and that are not the same. */
  private List<String> differences(ObjectNode base, ObjectNode copy) {
    List<String> differ = new ArrayList<>();
    for (String member : List.of(
        "taskRoleArn",
        "executionRoleArn",
        "networkMode",
        "volumes",
        "placementConstraints",
        "requiresCompatibilities",
        "cpu",
        "memory",
        "pidMode",
        "ipcMode",
        "proxyConfiguration",
        "ephemeralStorage",
        "runtimePlatform")) {
      if (!same(base.path(member), copy.path(member))) {
        differ.add(member);
      }
    }
    JsonNode was = base.path("containerDefinitions");
    JsonNode is = copy.path("containerDefinitions");
    if (was.size() != is.size()) {
      differ.add("containerDefinitions");
    }
    for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
      if (!bare(was.path(i)).equals(bare(is.path(i)))) {
        differ.add("containerDefinitions[" + i + "]");
      }
    }
    return differ;
  }

  private static boolean same(JsonNode was, JsonNode is) {
    return was.equals(is) || (isNothing(was) && isNothing(is));
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || (value.isContainerNode() && value.isEmpty());
  }

  /** Without what may differ: the config's source, and an image's tag or digest. */
  private JsonNode bare(JsonNode container) {
    ObjectNode bare = container.deepCopy();
    bare.put("image", container.path("image").asText().replaceFirst("(:[^/@]*)?(@.*)?$", ""));
    bare.path("secrets").forEach(secret -> {
      String from = secret.path("valueFrom").asText().replaceFirst("^arn:[^/]*:parameter/", "/");
      boolean config = configs.terms().configs().contains(from)
          || from.matches("/shepherd/.+/(current|revisions/[0-9a-f]{12})");
      if (config && secret instanceof ObjectNode own) {
        own.put("valueFrom", "a config");
      }
    });
    return bare;
  }
}
