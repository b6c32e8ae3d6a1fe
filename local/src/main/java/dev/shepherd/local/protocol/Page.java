package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing in the order of its keys. The token holds the last key of the page before,
 * so that what comes and goes meanwhile neither repeats nor hides the rest.
 *
 * @param nextToken null on the last page, as the SDK's builders take it
 */
record Page<V>(List<V> items, @Nullable String nextToken) {
  /** Reads one page; {@code errorCode} is the service's own for a token that is not its own. */
  static <V> Page<V> of(
      NavigableMap<String, V> all,
      Predicate<V> wanted,
      @Nullable String token,
      int size,
      String errorCode) {
    NavigableMap<String, V> rest =
        token == null ? all : all.tailMap(lastKey(token, errorCode), false);
    List<V> items = new ArrayList<>(Math.min(size, 100));
    String last = "";
    for (var entry : rest.entrySet()) {
      if (wanted.test(entry.getValue())) {
        if (items.size() == size) {
          return new Page<>(items, token(last));
        }
        items.add(entry.getValue());
        last = entry.getKey();
      }
    }
    return new Page<>(items, null);
  }

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String lastKey(String token, String errorCode) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw AwsFailure.refused(errorCode, "The specified token is not valid.");
    }
  }

  /**
   * The page size to use: the default when none is asked for.
   *
   * @throws AwsFailure with {@code errorCode} when it is out of 1 … {@code most}
   */
  static int size(@Nullable Integer asked, int standard, int most, String errorCode) {
    if (asked == null) {
      return standard;
    }
    if (asked < 1 || asked > most) {
      throw AwsFailure.refused(
          errorCode, "maxResults must be from 1 to " + most + ", got " + asked);
    }
    return asked;
  }
}
