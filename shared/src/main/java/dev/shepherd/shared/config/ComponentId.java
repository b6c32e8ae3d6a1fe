package dev.shepherd.shared.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A component's or pipeline's id, {@code type} or {@code type/name}, without the spaces that the
 * collector trims.
 *
 * @param name empty if there is none
 */
record ComponentId(String type, String name) {
  private static final Pattern TYPE = Pattern.compile("[a-zA-Z][0-9a-zA-Z_]{0,62}");
  private static final Pattern NAME =
      Pattern.compile("[^\\p{Z}\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{S}]+");
  private static final int LONGEST_NAME = 1_024;

  static ComponentId of(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new ComponentId(text.strip(), "")
        : new ComponentId(
            text.substring(0, slash).strip(), text.substring(slash + 1).strip());
  }

  /** Why {@code text} is no component's id; empty if it is one. */
  static Optional<String> problem(String text) {
    return nameProblem(text)
        .or(() -> TYPE.matcher(of(text).type()).matches()
            ? Optional.empty()
            : Optional.of(
                "Begin the id's type with a letter; only letters, digits and _ may follow,"
                    + " 62 at most."));
  }

  /** Why {@code text} is no pipeline's id, its signal aside. */
  static Optional<String> nameProblem(String text) {
    ComponentId id = of(text);
    if (id.type().isEmpty()) {
      return Optional.of("Write an id: a type, or a type and a name with a slash between.");
    }
    if (text.indexOf('/') < 0) {
      return Optional.empty();
    }
    if (id.name().isEmpty()) {
      return Optional.of("Write a name behind the slash of this id, or leave the slash out.");
    }
    if (id.name().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME) {
      return Optional.of("Shorten the name in this id to 1024 bytes.");
    }
    return NAME.matcher(id.name()).matches()
        ? Optional.empty()
        : Optional.of("Take spaces, symbols and control characters out of the name in this id.");
  }

  @Override
  public String toString() {
    return name.isEmpty() ? type : type + "/" + name;
  }
}
