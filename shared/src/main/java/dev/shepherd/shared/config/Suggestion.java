package dev.shepherd.shared.config;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Says which legal word someone may have meant. */
final class Suggestion {
  private static final int MOST_LISTED = 12;
  private static final int LONGEST = 64;

  private Suggestion() {}

  /** The nearest word, or all of them if they are few. */
  static String among(Collection<String> legal, String written) {
    Optional<String> near = nearest(legal, written);
    if (near.isPresent()) {
      return "did you mean " + near.orElseThrow() + "?";
    }
    if (legal.isEmpty()) {
      return "none is known here.";
    }
    return legal.size() <= MOST_LISTED
        ? "known here are " + String.join(", ", new TreeSet<>(legal)) + "."
        : "it is not known here.";
  }

  private static Optional<String> nearest(Collection<String> legal, String written) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    int least = Math.max(1, written.length() / 4) + 1;
    Optional<String> nearest = Optional.empty();
    for (String word : new TreeSet<>(legal)) {
      // Words differ by at least as many letters as their lengths do.
      if (Math.abs(word.length() - written.length()) < least && distance(word, written) < least) {
        least = distance(word, written);
        nearest = Optional.of(word);
      }
    }
    return nearest;
  }

  /** Levenshtein's distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
