package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A timeline as the page takes it: each text once, each entry as its second and the places of its
 * texts. It ends before it grows over {@value #MOST_BYTES} bytes, and says how many entries are
 * left out then.
 */
final class PageTimeline {
  private static final int MOST_BYTES = 3_000_000;

  /** What an entry takes beside its texts: six numbers, commas and brackets. */
  private static final int ENTRY_BYTES = 40;

  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
  private int bytes;

  private PageTimeline() {}

  /** Puts {@code texts}, {@code timeline} and {@code more} into the page's document. */
  static void into(ObjectNode page, List<TimelineEntry> timeline) {
    PageTimeline shown = new PageTimeline();
    for (TimelineEntry entry : timeline) {
      shown.add(entry);
      if (shown.bytes > MOST_BYTES) {
        break;
      }
    }
    ArrayNode texts = page.putArray("texts");
    shown.places.keySet().forEach(texts::add);
    page.set("timeline", shown.entries);
    page.put("more", timeline.size() - shown.entries.size());
  }

  private void add(TimelineEntry entry) {
    entries
        .addArray()
        .add(entry.at().toSeconds())
        .add(place(entry.kind().toString()))
        .add(place(entry.function()))
        .add(place(entry.subject()))
        .add(place(entry.text()))
        .add(place(entry.reason()));
    bytes += ENTRY_BYTES;
  }

  private int place(String text) {
    Integer known = places.putIfAbsent(text, places.size());
    if (known != null) {
      return known;
    }
    bytes += text.getBytes(StandardCharsets.UTF_8).length;
    return places.size() - 1;
  }
}
