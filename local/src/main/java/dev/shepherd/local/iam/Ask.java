package dev.shepherd.local.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One question to IAM: may the caller do this to that? A call asks one or more of them.
 *
 * @param action {@code ecs:StopTask}
 * @param resource its ARN, or {@code *} for an action that knows no resource
 * @param context values by condition key, in lower case as <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html">keys
 *     are the same in any case</a>
 */
public record Ask(String action, String resource, Map<String, List<String>> context) {
  public Ask {
    context = Map.copyOf(context);
  }

  /** Without a context. */
  public static Ask of(String action, String resource) {
    return new Ask(action, resource, Map.of());
  }

  /** The same with this value, or these, of a condition key. */
  public Ask with(String key, String... values) {
    return with(key, List.of(values));
  }

  Ask with(String key, List<String> values) {
    Map<String, List<String>> more = new HashMap<>(context);
    more.put(key.toLowerCase(Locale.ROOT), List.copyOf(values));
    return new Ask(action, resource, more);
  }

  /** Nothing where the request carries no such key. */
  List<String> values(String key) {
    return context.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
  }
}
