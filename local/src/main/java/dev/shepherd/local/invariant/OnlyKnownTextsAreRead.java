package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.invariant.Configs.Taken;
import dev.shepherd.local.invariant.Configs.Way;
import dev.shepherd.local.world.WorldTask;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Validation;
import dev.shepherd.shared.config.ValidationTarget;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Invariant 1: a task whose definition pins a config reads the text of that hash, and one that is
 * without errors, or that its fleet ran when Shepherd first saw it.
 */
final class OnlyKnownTextsAreRead implements Rule {
  private static final String STATE = "/state";

  private final Configs configs;
  private final Set<String> adopted = new HashSet<>();
  private final Map<String, Boolean> valid = new HashMap<>();

  OnlyKnownTextsAreRead(Configs configs) {
    this.configs = configs;
  }

  /** A state where there was none: the fleet's live text is the one that it ran. */
  @Override
  public void before(Act act, Checks checks) {
    String name = act.text("Name");
    if (act.is("ssm:PutParameter") && name.endsWith(STATE) && name.startsWith("/shepherd/")) {
      String config = name.substring("/shepherd".length(), name.length() - STATE.length());
      if (configs.world().parameters().find(name).isEmpty()) {
        liveIn(act.text("Value")).ifPresent(hash -> adopted.add(config + hash));
      }
    }
  }

  private static Optional<String> liveIn(String state) {
    int at = state.indexOf("\"live\":\"");
    return at < 0 ? Optional.empty() : Optional.of(state.substring(at + 8, at + 20));
  }

  @Override
  public void event(ObjectNode event, Checks checks) {
    JsonNode detail = event.path("detail");
    if (event.path("detail-type").asText().equals("ECS Task State Change")
        && detail.path("lastStatus").asText().equals("RUNNING")
        && detail.path("desiredStatus").asText().equals("RUNNING")) {
      configs
          .world()
          .ecs()
          .findCluster(detail.path("clusterArn").asText())
          .flatMap(cluster ->
              configs.world().ecs().findTask(cluster, detail.path("taskArn").asText()))
          .ifPresent(task -> started(task, checks));
    }
  }

  private void started(WorldTask task, Checks checks) {
    for (Taken taken : configs.taken(task.definition())) {
      if (taken.way() == Way.PINNED) {
        String text = task.containers().stream()
            .flatMap(container -> container.secrets().entrySet().stream())
            .filter(secret -> Configs.parameter(secret.getKey()).equals(taken.parameter()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
        String hash = configs.hash(taken.parameter(), text);
        checks.that(
            1,
            hash.equals(taken.hash()),
            () -> task.id() + " reads " + hash + " from the snapshot " + taken.hash());
        checks.that(
            1,
            adopted.contains(taken.config() + hash) || isValid(taken.image(), text),
            () -> task.id() + " reads " + hash + ", which has errors and was not adopted");
      }
    }
  }

  private boolean isValid(String image, String text) {
    return valid.computeIfAbsent(
        image + '\n' + text,
        _ -> ConfigValidator.validate(ConfigText.parse(text), ValidationTarget.image(image))
                .verdict()
            != Validation.Verdict.INVALID);
  }
}
