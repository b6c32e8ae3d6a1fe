package dev.shepherd.local.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An ECS service of a scenario, with every default filled in.
 *
 * @param tasks the desired count; of a daemon, the number of its hosts
 * @param zones how many availability zones the tasks spread over, named a, b, c …
 * @param essential whether the collector's container is essential
 * @param healthCheck whether the collector's container has a health check
 * @param discovery whether ECS registers the tasks in a Cloud Map service of the same name
 * @param image the collector image's tag
 * @param memory of the collector's container, in MiB
 * @param restartPolicy the attempt period of the collector's restart policy
 * @param hosts container instances, 0 on Fargate
 */
public record ServiceSpec(
    String name,
    String cluster,
    Pattern pattern,
    int tasks,
    int zones,
    String launchType,
    String scheduling,
    boolean essential,
    boolean healthCheck,
    int minimumHealthyPercent,
    int maximumPercent,
    boolean circuitBreaker,
    boolean discovery,
    Reference reference,
    String image,
    int memory,
    Map<String, String> tags,
    String networkMode,
    Optional<Duration> restartPolicy,
    String strategy,
    int hosts) {

  static final List<String> KEYS = List.of(
      "name",
      "cluster",
      "pattern",
      "tasks",
      "zones",
      "launchType",
      "scheduling",
      "essential",
      "healthCheck",
      "minimumHealthyPercent",
      "maximumPercent",
      "circuitBreaker",
      "discovery",
      "reference",
      "image",
      "memory",
      "tags",
      "networkMode",
      "restartPolicy",
      "strategy",
      "hosts");

  /** Where the collector runs: beside each app, or as a service of its own. */
  public enum Pattern {
    SERVICE,
    SIDECAR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How the task definition refers to the config. */
  public enum Reference {
    BY_NAME,
    PINNED,
    CURRENT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public ServiceSpec {
    tags = Map.copyOf(tags);
  }

  static ServiceSpec read(YamlValue value, List<String> clusters) {
    YamlMap map = value.map(KEYS);
    Pattern pattern = map.get("pattern").oneOf(List.of(Pattern.values()));
    String launchType = map.get("launchType", text -> text.oneOf("FARGATE", "EC2"), "FARGATE");
    boolean ec2 = launchType.equals("EC2");
    int zones = map.get("zones", number -> number.integer(1, 6), 3);
    String scheduling = map.get("scheduling", text -> text.oneOf("REPLICA", "DAEMON"), "REPLICA");
    refuseOnFargate(map, ec2);
    boolean daemon = scheduling.equals("DAEMON");
    int tasks = daemon && !map.has("tasks")
        ? map.get("hosts").integer(1, 10_000)
        : map.get("tasks").integer(0, 100_000);
    boolean service = pattern == Pattern.SERVICE;
    map.find("essential")
        .filter(given -> service && !given.flag())
        .ifPresent(given -> reject(given, "a task of its own has no other essential container"));
    return new ServiceSpec(
        map.get("name").matching(Texts.NAME, "a service's name"),
        map.get("cluster", text -> text.oneOf(clusters), clusters.getFirst()),
        pattern,
        tasks,
        zones,
        launchType,
        scheduling,
        map.get("essential", YamlValue::flag, service),
        map.get("healthCheck", YamlValue::flag, true),
        map.get("minimumHealthyPercent", number -> number.integer(0, 100), daemon ? 0 : 100),
        map.get("maximumPercent", number -> number.integer(100, 200), daemon ? 100 : 200),
        map.get("circuitBreaker", YamlValue::flag, false),
        map.get("discovery", YamlValue::flag, service),
        map.get("reference", text -> text.oneOf(List.of(Reference.values())), Reference.BY_NAME),
        map.get("image", YamlValue::text, "v0.49.0"),
        map.get("memory", number -> number.integer(6, 1 << 20), 512),
        map.get("tags", ServiceSpec::tags, Map.of()),
        map.get("networkMode", text -> text.oneOf("awsvpc", "bridge", "host"), "awsvpc"),
        map.find("restartPolicy").map(number -> Duration.ofSeconds(number.integer(60, 1800))),
        map.get(
            "strategy", text -> text.oneOf("ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"), "ROLLING"),
        map.get("hosts", number -> number.integer(1, 10_000), !ec2 ? 0 : daemon ? tasks : zones));
  }

  /**
   * Refuses what ECS refuses: <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html">Fargate</a>
   * has no hosts, no daemons and only awsvpc networking.
   */
  private static void refuseOnFargate(YamlMap map, boolean ec2) {
    if (ec2) {
      return;
    }
    map.find("hosts").ifPresent(value -> reject(value, "hosts need launchType EC2"));
    map.find("networkMode")
        .filter(value -> !value.text().equals("awsvpc"))
        .ifPresent(value -> reject(value, "Fargate has only awsvpc networking"));
    map.find("scheduling")
        .filter(value -> value.text().equals("DAEMON"))
        .ifPresent(value -> reject(value, "DAEMON needs launchType EC2"));
  }

  private static void reject(YamlValue value, String why) {
    throw value.error(why);
  }

  private static Map<String, String> tags(YamlValue value) {
    Map<String, String> tags = new LinkedHashMap<>();
    value.anyMap().values().forEach((key, tag) -> tags.put(key, tag.text()));
    return tags;
  }
}
