package dev.shepherd.local.world;

import java.util.HexFormat;
import java.util.SplittableRandom;

/** Identifiers in AWS's forms, drawn from the seed. */
final class Ids {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final SplittableRandom random;

  Ids(SplittableRandom random) {
    this.random = random;
  }

  /** {@code digits} hex digits, at most 32: a task's or an ENI's. */
  String hex(int digits) {
    HexFormat hex = HexFormat.of();
    String all = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    return all.substring(0, digits);
  }

  /** A deployment's: 19 digits. */
  String deployment() {
    return "ecs-svc/" + random.nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE);
  }

  /** 16 letters and digits, as Cloud Map's end. */
  String letters() {
    StringBuilder text = new StringBuilder(16);
    for (int i = 0; i < 16; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  String uuid() {
    return uuid(hex(32));
  }

  /** These 32 hex digits in a UUID's form. */
  static String uuid(String hex) {
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }
}
