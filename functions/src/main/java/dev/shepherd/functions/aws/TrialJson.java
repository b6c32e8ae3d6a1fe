package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.Trial;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The part of {@link StateJson} that tells of trying a candidate; absent when there is nothing. */
final class TrialJson {
  private TrialJson() {}

  static Optional<Object> write(Trial trial) {
    if (trial.equals(Trial.NONE)) {
      return Optional.empty();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pulls", trial.pulls());
    json.put("tries", trial.tries());
    json.put("extrasAt", trial.extrasAt());
    json.put("orderedAt", trial.orderedAt());
    json.put("ordered", trial.ordered());
    json.put("wellSince", trial.wellSince());
    json.put("drainingSince", trial.drainingSince());
    json.put("outSince", trial.outSince());
    json.put("firstCluster", trial.first().map(ServiceName::cluster));
    json.put("firstService", trial.first().map(ServiceName::service));
    json.put("probed", trial.probed());
    json.put("unbaked", trial.unbaked());
    return Optional.of(json);
  }

  static Trial read(JsonNode json) {
    return new Trial(
        StateJson.flag(json, "pulls"),
        Integer.parseInt(StateJson.text(json, "tries")),
        instant(json, "extrasAt"),
        instant(json, "orderedAt"),
        StateJson.optional(json, "ordered").map(Integer::parseInt).orElse(0),
        instant(json, "wellSince"),
        instant(json, "drainingSince"),
        instant(json, "outSince"),
        StateJson.optional(json, "firstService")
            .map(service -> new ServiceName(StateJson.text(json, "firstCluster"), service)),
        StateJson.items(json, "probed").stream().map(JsonNode::asString).toList(),
        StateJson.flag(json, "unbaked"));
  }

  private static Optional<Instant> instant(JsonNode json, String field) {
    return StateJson.optional(json, field).map(Instant::parse);
  }
}
