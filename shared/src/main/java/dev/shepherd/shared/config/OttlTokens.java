package dev.shepherd.shared.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of an OTTL condition. */
final class OttlTokens {
  private static final Pattern TOKEN = Pattern.compile(
      "\\s*(?:(?<bytes>0x[a-fA-F0-9]+)|(?<number>\\d*\\.\\d+(?:[eE][-+]?\\d+)?|\\d+)"
          + "|(?<string>\"(?:\\\\.|[^\\\\\"])*+\")|(?<compare>==|!=|>=|<=|>|<)|(?<sign>[-+])"
          + "|(?<mult>[*/])|(?<punct>[,.()\\[\\]{}:=])|(?<word>[A-Za-z][A-Za-z0-9_]*))");

  /** A word or sign, by its kind. */
  record Token(String kind, String text) {}

  private OttlTokens() {}

  /** All tokens; none if something in the text is none. */
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.regionStart() < text.length()) {
      if (!matcher.lookingAt()) {
        return List.of();
      }
      tokens.add(token(matcher));
      matcher.region(matcher.end(), text.length());
    }
    return tokens;
  }

  private static Token token(Matcher matcher) {
    for (String kind :
        List.of("bytes", "number", "string", "compare", "sign", "mult", "punct", "word")) {
      if (matcher.group(kind) != null) {
        return new Token(kind, matcher.group(kind));
      }
    }
    throw new IllegalStateException("a token is of one kind");
  }
}
