package dev.shepherd.shared.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether Go's {@code regexp} (RE2's syntax) would compile an expression: balanced groups and
 * classes, something before every repetition, known escapes, and none of Perl's look-around or
 * back-references.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>
 */
final class GoRegex {
  private static final Pattern GROUP =
      Pattern.compile("\\?(P?<[A-Za-z_0-9]+>|[imsU]*(-[imsU]+)?:|[imsU]*(-[imsU]+)?\\))");
  private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,6})(,(\\d{0,6}))?\\}");
  private static final String ESCAPES = "AbBzQECdDsSwWpPafnrtvx";
  private static final int MOST_REPEATS = 1_000;

  private final String text;
  private int at;
  private int depth;
  private boolean repeatable;
  private boolean repeated;

  private GoRegex(String text) {
    this.text = text;
  }

  static boolean compiles(String text) {
    GoRegex regex = new GoRegex(text);
    while (regex.at < text.length()) {
      if (!regex.step()) {
        return false;
      }
    }
    return regex.depth == 0;
  }

  private boolean step() {
    char c = text.charAt(at);
    return switch (c) {
      case '(' -> open();
      case ')' -> close();
      case '|' -> {
        at++;
        yield literal(false);
      }
      case '[' -> characterClass() && literal(true);
      case '\\' -> escape() && literal(true);
      case '*', '+', '?' -> {
        at++;
        yield repetition();
      }
      case '{' -> braces();
      default -> {
        at++;
        yield literal(true);
      }
    };
  }

  private boolean literal(boolean canRepeat) {
    repeatable = canRepeat;
    repeated = false;
    return true;
  }

  private boolean open() {
    at++;
    if (at < text.length() && text.charAt(at) == '?') {
      Matcher group = GROUP.matcher(text).region(at, text.length());
      if (!group.lookingAt()) {
        return false;
      }
      at = group.end();
      if (group.group().endsWith(")")) {
        return literal(false);
      }
    }
    depth++;
    return literal(false);
  }

  private boolean close() {
    at++;
    return --depth >= 0 && literal(true);
  }

  private boolean repetition() {
    if (!repeatable || repeated) {
      return false;
    }
    if (at < text.length() && text.charAt(at) == '?') {
      at++; // lazy
    }
    repeated = true;
    return true;
  }

  private boolean braces() {
    Matcher repeat = REPEAT.matcher(text).region(at, text.length());
    if (!repeat.lookingAt()) {
      at++;
      return literal(true);
    }
    at = repeat.end();
    int least = Integer.parseInt(repeat.group(1));
    String most = repeat.group(3);
    int last = most == null || most.isEmpty() ? least : Integer.parseInt(most);
    return least <= last && last <= MOST_REPEATS && repetition();
  }

  private boolean escape() {
    at++;
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    if (c == 'Q') {
      int end = text.indexOf("\\E", at);
      at = end < 0 ? text.length() : end + 2;
      return true;
    }
    if (c >= '1' && c <= '7') {
      return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7';
    }
    if (c == 'p' || c == 'P') {
      return unicodeClass();
    }
    return c < 128
        && (!Character.isLetterOrDigit(c) || c == '0' || (ESCAPES.indexOf(c) >= 0 && c != 'E'));
  }

  private boolean unicodeClass() {
    if (at >= text.length()) {
      return false;
    }
    if (text.charAt(at) != '{') {
      return "LMNPSZC".indexOf(text.charAt(at++)) >= 0;
    }
    int end = text.indexOf('}', at);
    at = end + 1;
    return end >= 0;
  }

  private boolean characterClass() {
    at++;
    if (at < text.length() && text.charAt(at) == '^') {
      at++;
    }
    boolean first = true;
    while (at < text.length() && (first || text.charAt(at) != ']')) {
      first = false;
      int low = member();
      if (low == Integer.MIN_VALUE) {
        return false;
      }
      boolean range =
          at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
      if (range && low >= 0) {
        at++;
        int high = member();
        if (high < low) {
          return false;
        }
      }
    }
    at++;
    return at <= text.length();
  }

  /** One member of a class: its character, -1 if it is a class itself, the least integer if bad. */
  private int member() {
    if (text.startsWith("[:", at)) {
      int end = text.indexOf(":]", at);
      if (end > 0) {
        boolean known = text.substring(at, end)
            .matches(
                "\\[:\\^?(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit)");
        at = end + 2;
        return known ? -1 : Integer.MIN_VALUE;
      }
    }
    if (text.charAt(at) != '\\') {
      return text.charAt(at++);
    }
    int start = at + 1;
    if (!escape()) {
      return Integer.MIN_VALUE;
    }
    char c = text.charAt(start);
    return Character.isLetterOrDigit(c) ? -1 : c;
  }
}
