package dev.shepherd.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A statement of a policy.
 *
 * @param sid its name in the template
 * @param denies whether it forbids what it matches
 * @param actions patterns like {@code ecs:StopTask}
 * @param resources patterns of ARNs, or {@code *}
 */
public record Statement(
    String sid,
    boolean denies,
    List<String> actions,
    List<String> resources,
    List<Condition> conditions) {
  private static final Set<String> MEMBERS =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition");

  public Statement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads one, its functions resolved.
   *
   * @throws IllegalArgumentException for a member, an effect or an operator that is not known here
   */
  static Statement read(JsonNode json) {
    json.fieldNames().forEachRemaining(member -> {
      if (!MEMBERS.contains(member)) {
        throw new IllegalArgumentException("a policy has " + member + ", which is not known here");
      }
    });
    String effect = json.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new IllegalArgumentException("no effect of a policy: " + effect);
    }
    return new Statement(
        json.path("Sid").asText(),
        effect.equals("Deny"),
        texts(json.path("Action")),
        texts(json.path("Resource")),
        conditions(json.path("Condition")));
  }

  private static List<Condition> conditions(JsonNode json) {
    List<Condition> conditions = new ArrayList<>();
    json.properties()
        .forEach(operator -> operator
            .getValue()
            .properties()
            .forEach(key -> conditions.add(new Condition(
                Condition.Operator.named(operator.getKey()),
                key.getKey(),
                texts(key.getValue())))));
    return conditions;
  }

  /** One, or a list of them. */
  private static List<String> texts(JsonNode json) {
    return json.isArray()
        ? StreamSupport.stream(json.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(json.asText());
  }

  /** The condition keys that it names. */
  public Set<String> keys() {
    return Set.copyOf(conditions.stream().map(Condition::key).toList());
  }

  boolean speaksOf(String action) {
    String lower = action.toLowerCase(Locale.ROOT);
    return actions.stream().anyMatch(each -> Patterns.text(each.toLowerCase(Locale.ROOT), lower));
  }

  boolean matches(Ask ask) {
    return speaksOf(ask.action())
        && resources.stream().anyMatch(each -> Patterns.arn(each, ask.resource()))
        && conditions.stream().allMatch(each -> each.holds(ask));
  }
}
