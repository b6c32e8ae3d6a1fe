package dev.shepherd.shared.config;

import dev.shepherd.shared.config.OttlTokens.Token;
import java.util.List;

/**
 * Whether a text is a condition of the OpenTelemetry Transformation Language, by its grammar alone:
 * whether a path or a function exists is left to the collector.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/pkg/ottl/LANGUAGE.md">OTTL's
 *     grammar</a>
 */
final class OttlCondition {
  private static final int LONGEST = 16_384;
  private static final int DEEPEST = 60;

  private static final Token END = new Token("end", "");

  private final List<Token> tokens;
  private int at;
  private int depth;

  private OttlCondition(List<Token> tokens) {
    this.tokens = tokens;
  }

  static boolean parses(String text) {
    if (text.length() > LONGEST) {
      return true;
    }
    List<Token> tokens = OttlTokens.of(text.strip());
    OttlCondition condition = new OttlCondition(tokens);
    return !tokens.isEmpty() && condition.or() && condition.at == tokens.size();
  }

  private Token peek() {
    return at < tokens.size() ? tokens.get(at) : END;
  }

  private boolean take(String text) {
    boolean there = peek().text().equals(text) && !peek().kind().equals("string");
    at += there ? 1 : 0;
    return there;
  }

  private boolean or() {
    do {
      if (!and()) {
        return false;
      }
    } while (take("or"));
    return true;
  }

  private boolean and() {
    do {
      take("not");
      if (!bool()) {
        return false;
      }
    } while (take("and"));
    return true;
  }

  private boolean bool() {
    if (++depth > DEEPEST) {
      return false;
    }
    int start = at;
    int level = depth;
    boolean whole = comparison();
    if (!whole) {
      at = start;
      depth = level;
      whole = take("(") && or() && take(")");
    }
    depth--;
    return whole;
  }

  /** Two values compared, or a single function or truth value. */
  private boolean comparison() {
    int start = at;
    if (!sum()) {
      return false;
    }
    if (peek().kind().equals("compare")) {
      at++;
      return sum();
    }
    Token first = tokens.get(start);
    boolean function = first.kind().equals("word")
        && Character.isUpperCase(first.text().charAt(0))
        && start + 1 < tokens.size()
        && tokens.get(start + 1).text().equals("(");
    return function || (at == start + 1 && List.of("true", "false").contains(first.text()));
  }

  private boolean sum() {
    if (++depth > DEEPEST) {
      return false;
    }
    do {
      while (peek().kind().equals("sign")) {
        at++;
      }
      if (!value()) {
        return false;
      }
    } while (peek().kind().equals("sign") || (peek().kind().equals("mult") && step()));
    depth--;
    return true;
  }

  private boolean step() {
    at++;
    return true;
  }

  private boolean value() {
    Token token = peek();
    return switch (token.kind()) {
      case "bytes", "number", "string" -> step();
      case "word" -> !List.of("and", "or", "not").contains(token.text()) && path();
      case "punct" ->
        switch (token.text()) {
          case "(" -> step() && sum() && take(")");
          case "[" -> step() && sequence("]", false);
          case "{" -> step() && sequence("}", true);
          default -> false;
        };
      default -> false;
    };
  }

  private boolean path() {
    at++;
    while (true) {
      if (take(".")) {
        if (!peek().kind().equals("word")) {
          return false;
        }
        at++;
      } else if (take("[")) {
        if (!sum() || !take("]")) {
          return false;
        }
      } else if (take("(")) {
        if (!sequence(")", false)) {
          return false;
        }
      } else {
        return true;
      }
    }
  }

  /** Values with commas up to {@code close}, each with a key and a colon in a map. */
  private boolean sequence(String close, boolean map) {
    if (take(close)) {
      return true;
    }
    do {
      if (map && !(peek().kind().equals("string") && step() && take(":"))) {
        return false;
      }
      if (!map && at + 1 < tokens.size() && tokens.get(at + 1).text().equals("=")) {
        at += 2; // a named argument
      }
      if (!sum()) {
        return false;
      }
    } while (take(","));
    return take(close);
  }
}
