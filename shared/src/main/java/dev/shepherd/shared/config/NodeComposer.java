package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds nodes from the parser's events, as go-yaml v3 would: the first document, unique keys,
 * aliases and merges expanded. The parser is lazy, so that a limit stops it where it is met.
 */
// Over 200 lines: one pass from events to nodes, with the bounds that it keeps.
final class NodeComposer {
  /**
   * Characters that the parser reads at once: with its own 1,024 it copies what it looks ahead in,
   * a long scalar or run of spaces, for each of them.
   */
  private static final int BUFFER = 8 * 1024;

  private static final LoadSettings SETTINGS = LoadSettings.builder()
      .setCodePointLimit(ConfigText.MAX_BYTES)
      .setBufferSize(BUFFER)
      .build();

  private final Iterator<Event> events;
  private final Map<String, ConfigNode> anchors = new HashMap<>();
  private int aliases;

  private NodeComposer(Iterator<Event> events) {
    this.events = events;
  }

  /** The first document's top; empty if there is none. */
  static Optional<ConfigNode> compose(String text) throws UnreadableText {
    try {
      return new NodeComposer(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)))
          .document();
    } catch (MarkedYamlEngineException broken) {
      Place place = broken.getProblemMark().map(NodeComposer::place).orElse(Place.START);
      throw UnreadableText.problem(
          place, Optional.ofNullable(broken.getProblem()).orElse(""));
    } catch (YamlEngineException broken) {
      throw UnreadableText.syntax(Place.START, "Take out characters that cannot be printed.");
    } catch (RuntimeException defect) {
      // The parser has none of its own for some texts ("\\UFFFFFFFF"), and quotes them.
      throw UnreadableText.syntax(Place.START, "Take out escapes of characters that do not exist.");
    }
  }

  private Optional<ConfigNode> document() throws UnreadableText {
    events.next(); // the stream's start
    Event start = events.next();
    if (!(start instanceof DocumentStartEvent document)) {
      return Optional.empty();
    }
    if (document.getSpecVersion().filter(version -> version.getMinor() != 1).isPresent()) {
      throw UnreadableText.syntax(
          place(start), "Take out the %YAML directive: the collector knows version 1.1.");
    }
    ConfigNode top = node(events.next(), 0);
    events.next(); // the document's end
    readOn();
    return Optional.of(top);
  }

  /** The collector's scanner reads a little past the first document; its parser does not. */
  private void readOn() {
    try {
      if (events.next() instanceof DocumentStartEvent) {
        events.next();
      }
    } catch (ParserException beyond) {
      return;
    }
  }

  private ConfigNode node(Event event, int depth) throws UnreadableText {
    if (depth > ConfigText.MAX_DEPTH) {
      throw new UnreadableText(
          place(event), "yaml-syntax-depth", "Nest at most " + ConfigText.MAX_DEPTH + " levels.");
    }
    ConfigNode node = switch (event) {
      case AliasEvent alias -> aliased(alias);
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent list -> list(list, depth);
      case MappingStartEvent map -> map(map, depth);
      default -> throw new IllegalStateException("no node begins with " + event.getEventId());
    };
    if (!(event instanceof AliasEvent) && event instanceof NodeEvent anchored) {
      anchored.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    }
    return node;
  }

  private ConfigNode aliased(AliasEvent alias) throws UnreadableText {
    ConfigNode target = anchors.get(alias.getAlias().getValue());
    if (target == null) {
      throw new UnreadableText(
          place(alias), "yaml-syntax-anchor", "Define the anchor before this alias names it.");
    }
    if (++aliases > ConfigText.MAX_ALIASES) {
      throw UnreadableText.aliasing(place(alias));
    }
    return target;
  }

  private static ScalarNode scalar(ScalarEvent event) throws UnreadableText {
    if (event.getValue().length() > ConfigText.MAX_SCALAR) {
      throw new UnreadableText(
          place(event),
          "too-long",
          "Shorten the value to at most " + ConfigText.MAX_SCALAR + " characters.");
    }
    ScalarType type = ScalarTag.type(event)
        .orElseThrow(() -> UnreadableText.syntax(
            place(event), "Write a value of this tag's type, or take the tag out."));
    return new ScalarNode(place(event), type, type == ScalarType.NULL ? "" : event.getValue());
  }

  private ListNode list(SequenceStartEvent start, int depth) throws UnreadableText {
    List<ConfigNode> items = new ArrayList<>();
    int size = 1;
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      ConfigNode item = node(next, depth + 1);
      items.add(item);
      size = grown(size, item, place(next));
    }
    return new ListNode(place(start), items, size);
  }

  private MapNode map(MappingStartEvent start, int depth) throws UnreadableText {
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    List<Entry> merges = new ArrayList<>();
    int size = 1;
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      ScalarNode key = key(next, depth);
      Entry entry = new Entry(place(next), key.text(), node(events.next(), depth + 1));
      size = grown(size, entry.value(), place(next));
      Entry first = entries.putIfAbsent(entry.key(), entry);
      if (first != null) {
        throw UnreadableText.duplicate(entry, first);
      }
      if (ScalarTag.isMerge(next)) {
        merges.add(entry);
      }
    }
    for (Entry merge : merges) {
      entries.remove(merge.key());
      size = merge(merge, entries, size);
    }
    return new MapNode(place(start), entries, size);
  }

  private ScalarNode key(Event event, int depth) throws UnreadableText {
    if (node(event, depth + 1) instanceof ScalarNode scalar) {
      return event instanceof ScalarEvent original
          ? new ScalarNode(scalar.place(), scalar.type(), original.getValue())
          : scalar;
    }
    throw UnreadableText.syntax(place(event), "Use a plain word as key, not a list or a map.");
  }

  /** Explicit keys win over merged ones, the earlier of several merged maps over the later. */
  private static int merge(Entry merge, Map<String, Entry> into, int size) throws UnreadableText {
    List<ConfigNode> sources =
        merge.value() instanceof ListNode list ? list.items() : List.of(merge.value());
    int grown = size;
    for (ConfigNode source : sources) {
      if (!(source instanceof MapNode map)) {
        throw UnreadableText.syntax(merge.place(), "Merge (<<) a mapping or a list of mappings.");
      }
      map.entries().forEach(entry -> into.putIfAbsent(entry.key(), entry));
      grown = grown(grown, map, merge.place());
    }
    return grown;
  }

  private static int grown(int size, ConfigNode by, Place place) throws UnreadableText {
    int grown = size + by.size();
    if (grown > ConfigText.MAX_NODES) {
      throw UnreadableText.aliasing(place);
    }
    return grown;
  }

  private static Place place(Event event) {
    return event.getStartMark().map(NodeComposer::place).orElse(Place.START);
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
