package dev.shepherd.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The statements of a role's identity-based policies. What none of them allows is denied. */
public record Policies(List<Statement> statements) {
  public Policies {
    statements = List.copyOf(statements);
  }

  /** Reads a role's {@code Policies}, the template's functions resolved. */
  public static Policies read(JsonNode policies) {
    return new Policies(StreamSupport.stream(policies.spliterator(), false)
        .flatMap(policy ->
            StreamSupport.stream(policy.at("/PolicyDocument/Statement").spliterator(), false))
        .map(Statement::read)
        .toList());
  }

  /** Those statements that speak of this action. */
  Policies of(String action) {
    return new Policies(
        statements.stream().filter(each -> each.speaksOf(action)).toList());
  }

  /** A statement allows it, and none denies it. */
  public boolean allow(Ask ask) {
    boolean allowed = false;
    for (Statement statement : statements) {
      if (statement.matches(ask)) {
        if (statement.denies()) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }
}
