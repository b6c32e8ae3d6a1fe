package dev.shepherd.local.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, for image digests and sealed texts. */
final class Digests {
  private Digests() {}

  /** 64 hex digits. */
  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The digest of a container image: the one in the reference, or one that stays the same for the
   * same reference.
   */
  static String ofImage(String image) {
    int at = image.indexOf("@sha256:");
    return at < 0 ? "sha256:" + sha256(image) : image.substring(at + 1);
  }
}
