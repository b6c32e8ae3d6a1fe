package dev.shepherd.local.command;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The seeds {@code first} to {@code last}, both included. */
record Seeds(long first, long last) {
  /** More would take months, and is a slip of the finger. */
  private static final long MOST = 10_000_000;

  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");

  /** One seed; {@code text} is what follows {@code --seed}. */
  static long one(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notOne) {
      throw new UsageException("--seed takes a whole number, got " + text);
    }
  }

  /** {@code text} is what follows {@code --seeds}: {@code A..B}. */
  static Seeds range(String text) {
    return Optional.of(RANGE.matcher(text))
        .filter(Matcher::matches)
        .map(found -> new Seeds(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))))
        .filter(seeds -> seeds.first <= seeds.last && seeds.last - seeds.first < MOST)
        .orElseThrow(() -> new UsageException(
            "--seeds takes A..B, two whole numbers of which the second is not smaller, got "
                + text));
  }

  LongStream all() {
    return LongStream.rangeClosed(first, last);
  }
}
