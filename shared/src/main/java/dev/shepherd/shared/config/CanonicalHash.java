package dev.shepherd.shared.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shepherd.shared.config.ConfigNode.Entry;
import dev.shepherd.shared.config.ConfigNode.ListNode;
import dev.shepherd.shared.config.ConfigNode.MapNode;
import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import dev.shepherd.shared.fleet.ConfigHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Names a config by what it means: the first 12 hexadecimal digits of SHA-256 over its nodes, map
 * keys sorted, aliases expanded, scalars by resolved type and text, with the parameter's type and
 * key. Comments, spacing, the order of keys and quotes that change no type do not count.
 *
 * <p>Every part is preceded by its kind and length, so that no two configs share an encoding. A
 * text that cannot be parsed is hashed as it stands, under a prefix that no parsed config has.
 */
public final class CanonicalHash {
  private final MessageDigest digest;

  private CanonicalHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * The hash of a parameter's text.
   *
   * @param parameterType {@code String} or {@code SecureString}
   * @param keyId the KMS key of a {@code SecureString}
   */
  public static ConfigHash of(String text, String parameterType, Optional<String> keyId) {
    return of(text, ConfigText.parse(text), parameterType, keyId);
  }

  /** The same for a text that is parsed already. */
  public static ConfigHash of(
      String text, ConfigText parsed, String parameterType, Optional<String> keyId) {
    CanonicalHash hash = new CanonicalHash();
    hash.part('t', parameterType);
    hash.part('k', keyId.orElse(""));
    if (parsed.readable()) {
      hash.part('v', "parsed-1");
      parsed.node().ifPresent(hash::node);
    } else {
      hash.part('v', "raw-1");
      hash.part('r', text);
    }
    return new ConfigHash(HexFormat.of().formatHex(hash.digest.digest(), 0, 6));
  }

  private void node(ConfigNode node) {
    switch (node) {
      case MapNode map -> {
        List<Entry> entries =
            map.entries().stream().sorted(Comparator.comparing(Entry::key)).toList();
        head('m', entries.size());
        for (Entry entry : entries) {
          part('n', entry.key());
          node(entry.value());
        }
      }
      case ListNode list -> {
        head('l', list.items().size());
        list.items().forEach(this::node);
      }
      case ScalarNode scalar -> {
        part('s', scalar.type().name());
        part('x', scalar.text());
      }
      case ConfigNode.UnknownNode unknown ->
        throw new IllegalStateException("a parsed text has no " + unknown);
    }
  }

  private void part(char kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    head(kind, bytes.length);
    digest.update(bytes);
  }

  private void head(char kind, int count) {
    digest.update(ByteBuffer.allocate(6).putChar(kind).putInt(count).flip());
  }
}
