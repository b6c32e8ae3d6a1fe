package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldDeployment;
import dev.shepherd.local.world.WorldService;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Deployment;

/** A simulation as it stands, as JSON for a page that shows it. */
final class LiveStatus {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** The function that decides about fleets. */
  private static final String ROLLOUT = "ConfigRollout";

  private final World world;
  private final LiveFleets fleets;
  private final Standings standings;
  private final Timeline timeline;

  LiveStatus(World world, Standings standings, Timeline timeline) {
    this.world = world;
    this.fleets = new LiveFleets(world);
    this.standings = standings;
    this.timeline = timeline;
  }

  /**
   * The newest entry comes first.
   *
   * @param first the configs of the fleets that come first
   */
  ObjectNode of(Instant now, Collection<String> first, int entries) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("now", now.truncatedTo(ChronoUnit.SECONDS).toString());
    Set<String> configs = fleets.configs(first);
    ArrayNode list = json.putArray("fleets");
    configs.forEach(config -> list.add(fleet(config, now)));
    // What is no fleet's: a run that failed before it came to any, and other functions' subjects.
    Set<String> names = configs.stream().map(LiveStatus::name).collect(Collectors.toSet());
    ArrayNode failing = json.putArray("failing");
    timeline.failing().stream()
        .filter(said -> !said.function().equals(ROLLOUT) || !names.contains(said.subject()))
        .forEach(said -> failing.add(said(said, now)));
    ArrayNode rows = json.putArray("timeline");
    for (TimelineEntry entry : timeline.last(entries).reversed()) {
      rows.add(Report.toJson(entry).put("time", time(timeline.start().plus(entry.at()), now)));
    }
    return json;
  }

  /** The date stands there when it is not today's. */
  static String time(Instant time, Instant now) {
    boolean today = time.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
    return (today ? TIME : DATE_AND_TIME).format(time);
  }

  private ObjectNode fleet(String config, Instant now) {
    List<WorldService> services = fleets.services(config);
    JsonNode state = standings.state(config);
    ObjectNode json =
        Report.toJson(standings.of(config, services.stream().map(standings::of).toList()));
    json.put("paused", paused(config).orElse(null));
    json.set("held", state.hasNonNull("held") ? state.get("held") : json.nullNode());
    json.set("rejected", state.hasNonNull("rejected") ? state.get("rejected") : json.nullNode());
    json.set("findings", state.hasNonNull("findings") ? state.get("findings") : json.arrayNode());
    String name = name(config);
    json.set("decision", said(timeline.newest(ROLLOUT, name), now));
    json.set("failing", said(timeline.failing(ROLLOUT, name), now));
    for (int i = 0; i < services.size(); i++) {
      ObjectNode service = (ObjectNode) json.path("services").path(i);
      service.put("cluster", services.get(i).cluster().name());
      ArrayNode deployments = service.putArray("deployments");
      services.get(i).deployments().forEach(each -> deployments.add(deployment(each)));
    }
    return json;
  }

  private Optional<String> paused(String config) {
    return world
        .parameters()
        .find(config)
        .map(parameter -> Boolean.parseBoolean(
                parameter.tags().getOrDefault("shepherd:paused", "").strip())
            ? "by the tag shepherd:paused"
            : "")
        .or(() -> Optional.of("the config parameter was deleted"))
        .filter(why -> !why.isEmpty());
  }

  private static String name(String config) {
    return config.substring(config.lastIndexOf('/') + 1);
  }

  private static JsonNode said(Optional<Said> said, Instant now) {
    return said.<JsonNode>map(each -> said(each, now)).orElse(JsonNodeFactory.instance.nullNode());
  }

  private static ObjectNode said(Said said, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("time", time(said.time(), now))
        .put("function", said.function())
        .put("subject", said.subject())
        .put("decision", said.decision())
        .put("reason", said.reason());
  }

  private static ObjectNode deployment(WorldDeployment world) {
    Deployment deployment = world.deployment();
    String arn = deployment.taskDefinition();
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", deployment.status())
        .put("taskDefinition", arn.substring(arn.lastIndexOf('/') + 1))
        .put("desired", deployment.desiredCount())
        .put("running", deployment.runningCount())
        .put("failedTasks", deployment.failedTasks())
        .put("rolloutState", deployment.rolloutStateAsString())
        .put("reason", deployment.rolloutStateReason());
  }
}
