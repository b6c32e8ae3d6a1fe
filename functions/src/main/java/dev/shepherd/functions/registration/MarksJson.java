package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.Json;
import dev.shepherd.shared.registration.Sighting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The {@code registrations} parameter's JSON: by Cloud Map service and kind, and by the minute
 * since when, the ids that a second look has to confirm. It fits a standard parameter, <a
 * href="https://docs.aws.amazon.com/general/latest/gr/ssm.html">4 KB</a>, some 300 ids: of more the
 * oldest are kept, the others count as seen when they are seen next.
 */
final class MarksJson {
  static final int MAX_BYTES = 4096;
  private static final int SCHEMA = 1;

  /** How many of the newest are left out at a time until it fits. */
  private static final int STEP = 10;

  private record Mark(String registry, Sighting sighting, Instant since)
      implements Comparable<Mark> {
    private static final Comparator<Mark> OLDEST_FIRST = Comparator.comparing(Mark::since)
        .thenComparing(Mark::registry)
        .thenComparing(mark -> mark.sighting().kind())
        .thenComparing(mark -> mark.sighting().id());

    @Override
    public int compareTo(Mark other) {
      return OLDEST_FIRST.compare(this, other);
    }
  }

  private MarksJson() {}

  static String write(Map<String, Map<Sighting, Instant>> marks) {
    List<Mark> all = marks.entrySet().stream()
        .flatMap(registry -> registry.getValue().entrySet().stream()
            .map(each -> new Mark(registry.getKey(), each.getKey(), each.getValue())))
        .sorted()
        .toList();
    int kept = all.size();
    String text = text(all);
    while (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      kept = Math.max(0, kept - STEP);
      text = text(all.subList(0, kept));
    }
    return text;
  }

  private static String text(List<Mark> marks) {
    Map<String, Map<String, Map<Instant, String>>> registries = new TreeMap<>();
    for (Mark mark : marks) {
      registries
          .computeIfAbsent(mark.registry(), _ -> new TreeMap<>())
          .computeIfAbsent(
              mark.sighting().kind().name().toLowerCase(Locale.ROOT), _ -> new TreeMap<>())
          .merge(mark.since(), mark.sighting().id(), (ids, id) -> ids + " " + id);
    }
    return Json.write(new TreeMap<>(Map.of("schema", SCHEMA, "registries", registries)));
  }

  /**
   * What {@link #write} wrote; nothing where somebody else did: then all is seen for the first
   * time.
   */
  static Map<String, Map<Sighting, Instant>> read(String text) {
    try {
      JsonNode json = JsonNode.parser().parse(text);
      boolean known = json.field("schema")
          .filter(schema -> schema.text().equals(Integer.toString(SCHEMA)))
          .isPresent();
      return known ? read(json.field("registries").orElseThrow()) : Map.of();
    } catch (RuntimeException unreadable) {
      // The parser, missing members, kinds and times each have their own; all say it is not ours.
      return Map.of();
    }
  }

  private static Map<String, Map<Sighting, Instant>> read(JsonNode registries) {
    Map<String, Map<Sighting, Instant>> marks = new HashMap<>();
    registries.asObject().forEach((registry, kinds) -> {
      Map<Sighting, Instant> of = new HashMap<>();
      kinds
          .asObject()
          .forEach((kind, minutes) -> minutes
              .asObject()
              .forEach((minute, ids) -> of.putAll(Arrays.stream(ids.text().split(" ", -1))
                  .collect(Collectors.toMap(
                      id -> new Sighting(Sighting.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), id),
                      _ -> Instant.parse(minute))))));
      marks.put(registry, of);
    });
    return marks;
  }
}
