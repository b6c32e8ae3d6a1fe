package dev.shepherd.shared.config;

import java.util.regex.Pattern;

/** Whether Go's {@code net/url} would take a text for a URL. */
final class GoUrl {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
  private static final Pattern HOST =
      Pattern.compile("[\\w\\-.~!$&'()*+,;=:\\[\\]<>\"%]*|.*[^\\x00-\\x7f].*");
  private static final Pattern PORT = Pattern.compile("(:\\d*)?");

  private GoUrl() {}

  /** {@code url.Parse}. */
  static boolean parses(String text) {
    int fragment = text.indexOf('#');
    return parses(fragment < 0 ? text : text.substring(0, fragment), false);
  }

  /** {@code url.ParseRequestURI}: an absolute URL or path. */
  static boolean parsesAsRequest(String text) {
    return !text.isEmpty() && parses(text, true);
  }

  private static boolean parses(String text, boolean request) {
    if (CONTROL.matcher(text).find() || text.startsWith(":")) {
      return false;
    }
    int scheme = schemeLength(text);
    String rest = text.substring(scheme == 0 ? 0 : scheme + 1);
    int query = rest.indexOf('?');
    rest = query < 0 ? rest : rest.substring(0, query);
    if (!rest.startsWith("/")) {
      return scheme > 0 || (!request && !rest.split("/", 2)[0].contains(":") && pathParses(rest));
    }
    if (!rest.startsWith("//") || (scheme == 0 && (request || rest.startsWith("///")))) {
      return pathParses(rest);
    }
    int path = rest.indexOf('/', 2);
    String authority = rest.substring(2, path < 0 ? rest.length() : path);
    return authorityParses(authority) && (path < 0 || pathParses(rest.substring(path)));
  }

  private static int schemeLength(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return i;
      }
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (i == 0 || !other)) {
        return 0;
      }
    }
    return 0;
  }

  private static boolean authorityParses(String authority) {
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    if (host.startsWith("[")) {
      int close = host.lastIndexOf(']');
      return close > 0 && PORT.matcher(host.substring(close + 1)).matches();
    }
    int colon = host.lastIndexOf(':');
    return (colon < 0 || PORT.matcher(host.substring(colon)).matches())
        && HOST.matcher(host).matches()
        && !BAD_ESCAPE.matcher(host).find();
  }

  private static boolean pathParses(String path) {
    return !BAD_ESCAPE.matcher(path).find();
  }
}
