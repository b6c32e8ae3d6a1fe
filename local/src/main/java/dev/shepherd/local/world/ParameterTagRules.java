package dev.shepherd.local.world;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * What Systems Manager refuses of <a
 * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html">tags</a>.
 */
public final class ParameterTagRules {
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final int MOST = 50;

  private ParameterTagRules() {}

  /** Checks tags that come to a parameter with these keys. */
  public static void check(Collection<String> before, List<Tag> tags) {
    Set<String> keys = new HashSet<>(before);
    for (Tag tag : tags) {
      if (!fits(tag.key(), 1, 128) || !fits(tag.value(), 0, 256)) {
        throw AwsFailure.validation("A tag's key or value is missing, too long or not allowed.");
      }
      if (tag.key().startsWith("aws:")) {
        throw AwsFailure.validation("Tag keys that begin with aws: are reserved: " + tag.key());
      }
      keys.add(tag.key());
    }
    if (keys.size() > MOST) {
      throw AwsFailure.refused("TooManyTagsError", "A parameter has at most " + MOST + " tags.");
    }
  }

  private static boolean fits(String text, int least, int most) {
    return text != null
        && text.length() >= least
        && text.length() <= most
        && TEXT.matcher(text).matches();
  }
}
