package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.WorldDeployment;
import dev.shepherd.local.world.WorldService;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;

/** A simulation as it stands, as JSON for a page that shows it. */
final class LiveStatus {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Standings standings;
  private final Instant start;

  /** @param start what the timeline counts from */
  LiveStatus(Standings standings, Instant start) {
    this.standings = standings;
    this.start = start;
  }

  /** The newest entry comes first. */
  ObjectNode of(Instant now, List<FleetSpec> fleets, List<TimelineEntry> entries) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("now", now.truncatedTo(ChronoUnit.SECONDS).toString());
    ArrayNode list = json.putArray("fleets");
    fleets.forEach(fleet -> list.add(fleet(fleet)));
    ArrayNode timeline = json.putArray("timeline");
    for (TimelineEntry entry : entries.reversed()) {
      ObjectNode item = Report.toJson(entry);
      item.put("time", TIME.format(start.plus(entry.at())));
      timeline.add(item);
    }
    return json;
  }

  private ObjectNode fleet(FleetSpec fleet) {
    ObjectNode json = Report.toJson(standings.of(fleet));
    for (JsonNode service : json.path("services")) {
      ArrayNode deployments = ((ObjectNode) service).putArray("deployments");
      fleet.services().stream()
          .filter(spec -> spec.name().equals(service.path("name").asText()))
          .flatMap(spec -> standings.find(spec).stream())
          .map(WorldService::deployments)
          .flatMap(List::stream)
          .forEach(deployment -> deployments.add(deployment(deployment)));
    }
    return json;
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
        .put("rolloutState", deployment.rolloutStateAsString());
  }
}
