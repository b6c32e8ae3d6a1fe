package dev.shepherd.local.iam;

/**
 * IAM's wildcards: {@code *} for any characters, {@code ?} for one. In an ARN they <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">stay
 * within their part</a>; the last of the six parts may hold colons of its own.
 */
final class Patterns {
  private static final int PARTS = 6;

  private Patterns() {}

  static boolean arn(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    String[] wanted = pattern.split(":", PARTS);
    String[] given = arn.split(":", PARTS);
    if (wanted.length != PARTS || given.length != PARTS) {
      return false;
    }
    for (int i = 0; i < PARTS; i++) {
      if (!text(wanted[i], given[i])) {
        return false;
      }
    }
    return true;
  }

  /** Goes back to the last {@code *} when what follows it does not fit. */
  static boolean text(String pattern, String text) {
    int at = 0;
    int star = -1;
    int mark = 0;
    for (int i = 0; i < text.length(); ) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
      if (wanted == '*') {
        star = at++;
        mark = i;
      } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++mark;
      } else {
        return false;
      }
    }
    return pattern.substring(at).chars().allMatch(rest -> rest == '*');
  }
}
