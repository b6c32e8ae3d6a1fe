package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.replacement.RolloutView;
import dev.shepherd.shared.replacement.RolloutView.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** What replacing needs of the {@code state} that ConfigRollout writes; all else is passed over. */
public final class RolloutStates {
  /** In these phases the services under way try a config that is not promoted. */
  private static final Set<String> TRYING = Set.of("probe", "canary", "bake");

  private static final int ALL = 100;

  private RolloutStates() {}

  /**
   * The view that a state gives.
   *
   * @param source the hash of the text that a task by name would read; absent where there is none
   * @throws ReconcileException if it cannot be read; the fleet is left alone then
   */
  public static RolloutView read(String text, String parameter, Optional<ConfigHash> source) {
    try {
      return read(JsonNode.parser().parse(text), source);
    } catch (RuntimeException unreadable) {
      // Parser, records and parsing of times each have their own; all say that it is not ours.
      throw new ReconcileException(parameter + " is not a state that this release can read");
    }
  }

  private static RolloutView read(JsonNode json, Optional<ConfigHash> source) {
    Optional<ConfigHash> live = json.field("live").map(JsonNode::asString).map(ConfigHash::new);
    boolean trying =
        json.field("phase").map(JsonNode::asString).filter(TRYING::contains).isPresent();
    Set<ServiceName> canaries = json.field("trial")
        .filter(trial -> trying && trial.field("firstService").isPresent())
        .map(trial ->
            Set.of(new ServiceName(string(trial, "firstCluster"), string(trial, "firstService"))))
        .orElse(Set.of());
    return new RolloutView(
        live,
        Instant.parse(string(json, "since")),
        items(json, "completed").stream()
            .map(JsonNode::asString)
            .map(ConfigHash::new)
            .toList(),
        items(json, "quarantined").stream()
            .map(each -> new Failed(new ConfigHash(string(each, "hash")), string(each, "image")))
            .toList(),
        json.field("wellAtStart").map(JsonNode::asNumber).map(Integer::parseInt).orElse(ALL),
        canaries,
        live.isPresent() && live.equals(source));
  }

  private static List<JsonNode> items(JsonNode json, String field) {
    return json.field(field).map(JsonNode::asArray).orElse(List.of());
  }

  private static String string(JsonNode json, String field) {
    return json.field(field).map(JsonNode::asString).orElseThrow();
  }
}
