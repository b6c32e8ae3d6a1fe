package dev.shepherd.local.iam;

import java.util.List;

/**
 * One line of a statement's {@code Condition}: an operator, a key, the values that it accepts. Only
 * the <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">operators</a>
 * that the template uses are known.
 */
record Condition(Operator operator, String key, List<String> accepted) {
  enum Operator {
    STRING_EQUALS("StringEquals"),
    ALL_STRINGS_EQUAL("ForAllValues:StringEquals"),
    ARN_LIKE("ArnLike"),
    /** Is {@link #ARN_LIKE} by another name. */
    ARN_EQUALS("ArnEquals"),
    NULL("Null");

    private final String name;

    Operator(String name) {
      this.name = name;
    }

    static Operator named(String name) {
      for (Operator each : values()) {
        if (each.name.equals(name)) {
          return each;
        }
      }
      throw new IllegalArgumentException(
          "a policy uses the operator " + name + ", which is not known here");
    }
  }

  Condition {
    accepted = List.copyOf(accepted);
  }

  /** A key that the request does not carry fails, but for Null and ForAllValues. */
  boolean holds(Ask ask) {
    List<String> given = ask.values(key);
    return switch (operator) {
      case STRING_EQUALS -> given.stream().anyMatch(accepted::contains);
      case ALL_STRINGS_EQUAL -> accepted.containsAll(given);
      case ARN_LIKE, ARN_EQUALS ->
        given.stream().anyMatch(arn -> accepted.stream().anyMatch(like -> Patterns.arn(like, arn)));
      case NULL -> accepted.contains(Boolean.toString(given.isEmpty()));
    };
  }
}
