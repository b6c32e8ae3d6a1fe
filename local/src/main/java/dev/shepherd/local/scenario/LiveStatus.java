package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** What happened in a simulation last, as JSON for a page that shows it. */
final class LiveStatus {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Timeline timeline;

  LiveStatus(Timeline timeline) {
    this.timeline = timeline;
  }

  /** The newest entry comes first. */
  ObjectNode of(Instant now, int entries) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("now", now.truncatedTo(ChronoUnit.SECONDS).toString());
    ArrayNode failing = json.putArray("failing");
    timeline.failing().forEach(said -> failing.add(said(said, now)));
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

  private static ObjectNode said(Said said, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("time", time(said.time(), now))
        .put("function", said.function())
        .put("subject", said.subject())
        .put("decision", said.decision())
        .put("reason", said.reason());
  }
}
