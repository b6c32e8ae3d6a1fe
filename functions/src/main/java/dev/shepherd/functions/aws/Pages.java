package dev.shepherd.functions.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a listing whole or not at all: a partial one would look like things that are gone. */
public final class Pages {
  /** A listing of more pages is not read on; 100 pages of services are 10,000. */
  public static final int MAX_PAGES = 100;

  private Pages() {}

  /**
   * All items of all pages.
   *
   * @param read asks for the page behind a token; null for the first
   * @param next the token of the page behind; null or empty when there is none
   */
  public static <P, T> List<T> all(
      Function<@Nullable String, P> read,
      Function<P, List<T>> items,
      Function<P, @Nullable String> next) {
    return all(MAX_PAGES, read, items, next);
  }

  /** As above, of at most {@code most} pages. */
  public static <P, T> List<T> all(
      int most,
      Function<@Nullable String, P> read,
      Function<P, List<T>> items,
      Function<P, @Nullable String> next) {
    return upTo(most, read, items, next)
        .orElseThrow(() -> new ReconcileException(
            "a listing has more than " + most + " pages; it is not acted on"));
  }

  /**
   * How many pages of 100 to read of what should come to so many items: others may be among them.
   */
  public static int holding(int items) {
    return Math.max(MAX_PAGES, 2 * Math.ceilDiv(items, 100));
  }

  /** All items of all pages; empty where there are more pages than that. */
  public static <P, T> Optional<List<T>> upTo(
      int pages,
      Function<@Nullable String, P> read,
      Function<P, List<T>> items,
      Function<P, @Nullable String> next) {
    List<T> all = new ArrayList<>();
    String token = null;
    for (int page = 0; page < pages; page++) {
      P answer = read.apply(token);
      all.addAll(items.apply(answer));
      token = next.apply(answer);
      if (token == null || token.isEmpty()) {
        return Optional.of(all);
      }
    }
    return Optional.empty();
  }

  /** The same items in lists of at most {@code size}. */
  public static <T> List<List<T>> chunks(List<T> items, int size) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      chunks.add(items.subList(from, Math.min(from + size, items.size())));
    }
    return chunks;
  }
}
