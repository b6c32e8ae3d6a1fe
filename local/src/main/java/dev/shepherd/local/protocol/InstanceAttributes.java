package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html">RegisterInstance</a>
 * refuses of attributes: up to 30 of one's own, which together have up to 5,000 characters.
 */
final class InstanceAttributes {
  private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9!-~]{1,255}");
  private static final Pattern VALUE =
      Pattern.compile("([a-zA-Z0-9!-~][ \\ta-zA-Z0-9!-~]*)?[a-zA-Z0-9!-~]?");
  private static final int LONGEST_VALUE = 1_024;
  private static final int MOST = 30;
  private static final int MOST_CHARACTERS = 5_000;

  private InstanceAttributes() {}

  static void check(Map<String, String> attributes) {
    int own = 0;
    int characters = 0;
    for (Map.Entry<String, String> each : attributes.entrySet()) {
      String value = each.getValue();
      if (!KEY.matcher(each.getKey()).matches()
          || value.length() > LONGEST_VALUE
          || !VALUE.matcher(value).matches()) {
        throw AwsFailure.refused("InvalidInput", "The attribute is not valid: " + each.getKey());
      }
      if (!each.getKey().startsWith("AWS_")) {
        own++;
        characters += each.getKey().length() + value.length();
      }
    }
    if (own > MOST || characters > MOST_CHARACTERS) {
      throw AwsFailure.refused("InvalidInput", "The instance has too many custom attributes.");
    }
  }
}
