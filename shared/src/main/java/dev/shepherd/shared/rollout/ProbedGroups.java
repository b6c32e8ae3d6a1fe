package dev.shepherd.shared.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which groups of services a probe has passed for, in a few words however many there are: a key for
 * each, or, once these are too many, one {@code <config>~<group>} for each config, which stands for
 * every group up to that one. Groups are probed in the order of their keys, so only one that came
 * since can be taken for passed by mistake; the waves find out about that.
 */
final class ProbedGroups {
  /** How many keys are remembered. */
  static final int MAX = 24;

  private static final int CONFIG_DIGITS = 6;
  private static final int GROUP_DIGITS = 8;

  private ProbedGroups() {}

  /** Names a group, by the hash of what makes it one, and the config that it is probed with. */
  static String key(String config, int group) {
    String digits = Integer.toHexString(group);
    return config.substring(0, CONFIG_DIGITS) + "0".repeat(GROUP_DIGITS - digits.length()) + digits;
  }

  static boolean has(List<String> probed, String key) {
    return probed.stream()
        .anyMatch(each -> each.equals(key)
            || (isUpTo(each) && config(each).equals(config(key)) && group(each) >= group(key)));
  }

  private static boolean isUpTo(String entry) {
    return entry.charAt(CONFIG_DIGITS) == '~';
  }

  private static String config(String entry) {
    return entry.substring(0, CONFIG_DIGITS);
  }

  private static long group(String entry) {
    return Long.parseLong(entry.substring(entry.length() - GROUP_DIGITS), 16);
  }

  /** What is remembered once these have passed as well. */
  static List<String> with(List<String> probed, List<String> passed) {
    List<String> all =
        Stream.concat(probed.stream(), passed.stream()).distinct().toList();
    if (all.size() <= MAX) {
      return all;
    }
    Map<String, String> last = new TreeMap<>();
    all.forEach(each ->
        last.merge(config(each), each, (one, other) -> group(one) >= group(other) ? one : other));
    List<String> upTo = new ArrayList<>();
    last.forEach(
        (config, entry) -> upTo.add(config + "~" + entry.substring(entry.length() - GROUP_DIGITS)));
    return upTo.subList(Math.max(0, upTo.size() - MAX), upTo.size());
  }
}
