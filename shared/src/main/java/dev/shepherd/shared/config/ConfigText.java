package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.MapNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A config's text, parsed once. Bad text is a finding, never an exception; a hostile one meets a
 * limit before it costs memory, time or stack.
 */
public final class ConfigText {
  /** Bytes of UTF-8. Parameter Store itself allows 8 KiB at most. */
  public static final int MAX_BYTES = 256 * 1024;

  /** Nested collections. The collector's own parser allows 10,000; nobody writes 50. */
  public static final int MAX_DEPTH = 100;

  /** Nodes after aliases and merges are expanded. */
  public static final int MAX_NODES = 100_000;

  /** Uses of an anchor. */
  public static final int MAX_ALIASES = 1_000;

  /** Characters of one scalar. */
  public static final int MAX_SCALAR = 64 * 1024;

  private final Optional<ConfigNode> node;
  private final List<Finding> findings;
  private final int bytes;

  private ConfigText(Optional<ConfigNode> node, List<Finding> findings, int bytes) {
    this.bytes = bytes;
    this.node = node;
    this.findings = findings;
  }

  /** Parses the first document of {@code text}, which is all that the collector reads. */
  public static ConfigText parse(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      return refused(
          new UnreadableText(
              Place.START, "too-large", "Shorten the config to at most " + MAX_BYTES + " bytes."),
          bytes);
    }
    try {
      return new ConfigText(NodeComposer.compose(text), List.of(), bytes);
    } catch (UnreadableText unreadable) {
      return refused(unreadable, bytes);
    }
  }

  private static ConfigText refused(UnreadableText why, int bytes) {
    Finding finding = Finding.error(why.place(), why.rule(), "", why.sentence());
    return new ConfigText(Optional.empty(), List.of(finding), bytes);
  }

  /** The top of the document; empty if the text cannot be parsed or holds nothing. */
  public Optional<ConfigNode> node() {
    return node;
  }

  /** The top of the document if it is a mapping. */
  public Optional<MapNode> root() {
    return node.filter(MapNode.class::isInstance).map(MapNode.class::cast);
  }

  /** Whether the text was parsed: every other finding supposes it. */
  public boolean readable() {
    return findings.isEmpty();
  }

  /** The text's length in bytes of UTF-8. */
  public int bytes() {
    return bytes;
  }

  /** Why the text cannot be parsed; empty if it can. */
  public List<Finding> findings() {
    return findings;
  }
}
