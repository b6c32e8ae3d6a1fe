package dev.shepherd.shared.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds and resolves single references: {@code ${env:X}}, {@code ${X}}, {@code ${file:…}}. */
final class References {
  private static final Pattern URI =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final Catalogue catalogue;
  private final Environment environment;

  References(Catalogue catalogue, Environment environment) {
    this.catalogue = catalogue;
    this.environment = environment;
  }

  /**
   * The first reference that the collector would replace: up to the first closing brace, from the
   * last opening one before it. An escaped one ({@code $${…}}) ends the search in this text.
   *
   * @param after what was found before in this text, now replaced; the search goes on from there
   */
  static Optional<Span> find(String text, Span after) {
    int from = after.from();
    int close = text.indexOf('}', after.open());
    while (close >= 0) {
      int open = opening(text, from, close);
      if (open >= 0) {
        return isEscaped(text, from, open)
            ? Optional.empty()
            : Optional.of(new Span(from, open, close + 1));
      }
      from = close + 1;
      close = text.indexOf('}', from);
    }
    return Optional.empty();
  }

  private static int opening(String text, int from, int close) {
    for (int open = close - 2; open >= from; open--) {
      if (text.charAt(open) == '$' && text.charAt(open + 1) == '{') {
        return open;
      }
    }
    return -1;
  }

  /**
   * Where a reference stands.
   *
   * @param from the first character behind the closing braces that have no opening one
   * @param open its first character
   * @param end the first character behind it
   */
  record Span(int from, int open, int end) {
    static final Span START = new Span(0, 0, 0);

    String of(String text) {
      return text.substring(open, end);
    }

    /** The text with {@code replacement} here, and wherever else the same reference stands. */
    String replaced(String text, String replacement) {
      return text.substring(0, open) + text.substring(open).replace(of(text), replacement);
    }
  }

  private static boolean isEscaped(String text, int from, int open) {
    int dollars = 0;
    for (int i = open - 1; i >= from && text.charAt(i) == '$'; i--) {
      dollars++;
    }
    return dollars % 2 == 1;
  }

  /** The text that the reference stands for; empty if it cannot be known or is no good. */
  Optional<String> resolve(String reference, String path, Place place, Report report) {
    String inner = reference.substring(2, reference.length() - 1);
    Matcher uri = URI.matcher(inner.contains(":") ? inner : "env:" + inner);
    if (!uri.matches()) {
      report.error(
          place, "uri-scheme", path, "Write ${env:NAME}: what stands before ':' is no provider.");
      return Optional.empty();
    }
    String scheme = uri.group(1);
    String rest = uri.group(2);
    if (rest.contains("$")) {
      report.error(place, "uri-dollar", path, "Take the '$' out of this reference.");
      return Optional.empty();
    }
    if (!catalogue.hasProvider(scheme)) {
      report.error(
          place,
          "uri-scheme",
          path,
          "Write ${env:NAME:-default} for a default, or use a provider that ADOT has: env, file,"
              + " http, https, s3, yaml.");
      return Optional.empty();
    }
    if (!scheme.equals("env")) {
      report.unknown(
          place,
          "provider-unseen",
          path,
          "Read through '" + scheme + "' when the collector starts: it cannot be checked here.");
      return Optional.empty();
    }
    return variable(rest, path, place, report);
  }

  private Optional<String> variable(String rest, String path, Place place, Report report) {
    int separator = rest.indexOf(":-");
    String name = separator < 0 ? rest : rest.substring(0, separator);
    if (!VARIABLE.matcher(name).matches()) {
      report.error(
          place,
          "env-name",
          path,
          "Use letters, digits and _ in a variable's name, with ':-' before a default; write $$ for"
              + " a dollar sign.");
      return Optional.empty();
    }
    Optional<String> fallback =
        separator < 0 ? Optional.empty() : Optional.of(rest.substring(separator + 2));
    return switch (environment.state(name)) {
      case KNOWN -> Optional.of(environment.value(name));
      case UNSEEN -> fallback;
      case UNSET -> {
        if (fallback.isEmpty()) {
          report.warning(
              place,
              "env-missing",
              path,
              "Set this variable in the container's environment or secrets: it is empty there.");
        }
        yield fallback.or(() -> Optional.of(""));
      }
    };
  }
}
