package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run came to. Two runs of one scenario and one seed give equal reports.
 *
 * @param converged whether every fleet's tasks run live, well, with nothing under way
 * @param convergedAt since when, after the start; absent where not
 * @param throttled how many of the functions' calls AWS throttled
 * @param restarts tasks of the fleets' services that were stopped, but for scale-in and kills
 * @param calls the functions' AWS calls by operation, retries included
 * @param invocations by function
 * @param invariants what was held against DESIGN's invariants; nothing under another controller
 */
public record Report(
    String scenario,
    long seed,
    String controller,
    boolean converged,
    Optional<Duration> convergedAt,
    List<FleetReport> fleets,
    TaskMinutes taskMinutes,
    int restarts,
    SortedMap<String, Integer> calls,
    int throttled,
    SortedMap<String, Integer> invocations,
    Verdict invariants,
    List<TimelineEntry> timeline) {
  public Report {
    fleets = List.copyOf(fleets);
    calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
    invocations = Collections.unmodifiableSortedMap(new TreeMap<>(invocations));
    timeline = List.copyOf(timeline);
  }

  /** Whether all ended as it should, and no invariant was violated on the way. */
  public boolean isGood() {
    return converged && invariants.violations().isEmpty();
  }

  /** The report as JSON; times are virtual seconds. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scenario", scenario).put("seed", seed).put("controller", controller);
    json.put("converged", converged);
    json.put("convergedAt", convergedAt.map(Duration::toSeconds).orElse(null));
    ArrayNode list = json.putArray("fleets");
    fleets.forEach(fleet -> list.add(toJson(fleet)));
    json.putObject("taskMinutes")
        .put("onBadConfig", taskMinutes.onBadConfig())
        .put("withoutCollector", taskMinutes.withoutCollector())
        .put("unavailableByShepherd", taskMinutes.unavailableByShepherd());
    json.put("restarts", restarts);
    json.set("calls", counts(calls));
    json.put("throttled", throttled);
    json.set("invocations", counts(invocations));
    json.set("invariants", toJson(invariants));
    ArrayNode entries = json.putArray("timeline");
    timeline.forEach(entry -> entries.add(toJson(entry)));
    return json;
  }

  private static ObjectNode toJson(Verdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("checked", verdict.checked());
    ArrayNode list = json.putArray("violations");
    verdict
        .violations()
        .forEach(each -> list.addObject()
            .put("invariant", each.invariant())
            .put("at", each.at().toSeconds())
            .put("detail", each.detail()));
    return json;
  }

  static ObjectNode toJson(FleetReport fleet) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("config", fleet.config());
    json.put("live", fleet.live().orElse(null));
    json.put("previous", fleet.previous().orElse(null));
    json.put("phase", fleet.phase());
    ArrayNode quarantined = json.putArray("quarantined");
    fleet
        .quarantined()
        .forEach(each -> quarantined
            .addObject()
            .put("hash", each.hash())
            .put("image", each.image())
            .put("reason", each.reason()));
    json.put("held", fleet.held().orElse(null));
    json.put("rejected", fleet.rejected().orElse(null));
    json.put("maxShareOnUnpromoted", fleet.maxShareOnUnpromoted());
    ArrayNode services = json.putArray("services");
    for (ServiceReport service : fleet.services()) {
      ObjectNode item = services.addObject().put("name", service.name());
      item.put("desired", service.desired()).put("running", service.running());
      item.put("healthy", service.healthy());
      item.set("byConfig", counts(service.byConfig()));
    }
    return json;
  }

  static ObjectNode toJson(TimelineEntry entry) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", entry.at().toSeconds())
        .put("kind", entry.kind().toString())
        .put("function", entry.function())
        .put("subject", entry.subject())
        .put("text", entry.text())
        .put("reason", entry.reason());
  }

  private static ObjectNode counts(Map<String, Integer> counts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    counts.forEach(json::put);
    return json;
  }
}
