package dev.shepherd.local.command;

import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.Validation;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Prints findings for people: the place, the key that stands there with a caret under it, and what
 * to do. The key is printed only where the finding's path ends with it; values never are.
 */
final class FindingText {
  private final List<String> lines;

  FindingText(String text) {
    this.lines = text.lines().toList();
  }

  void print(String file, Validation validation, PrintStream out) {
    out.println(file + ": " + validation.verdict().name().toLowerCase(Locale.ROOT));
    for (Finding finding : validation.findings()) {
      String at = finding.path().isEmpty() ? "" : "  " + finding.path();
      out.printf(
          "%n%s:%d:%d: %s %s%s%n",
          file,
          finding.line(),
          finding.column(),
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.rule(),
          at);
      if (!finding.path().isEmpty()) {
        String number = Integer.toString(finding.line());
        String indent = " ".repeat(finding.column() - 1);
        out.println("  " + number + " | " + indent + key(finding));
        out.println("  " + " ".repeat(number.length()) + " | " + indent + "^");
      }
      out.println("  " + finding.message());
    }
  }

  private String key(Finding finding) {
    if (finding.line() > lines.size()) {
      return "…";
    }
    String line = lines.get(finding.line() - 1);
    int start = Math.min(finding.column() - 1, line.codePointCount(0, line.length()));
    String rest = line.substring(line.offsetByCodePoints(0, start));
    int colon = rest.indexOf(':');
    String written = (colon < 0 ? rest : rest.substring(0, colon)).strip();
    String plain = written.replaceAll("^[\"']|[\"']$", "");
    boolean isKey =
        colon >= 0 && (finding.path().equals(plain) || finding.path().endsWith("." + plain));
    return isKey ? written + ":" : "…";
  }
}
