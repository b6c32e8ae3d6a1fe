package dev.shepherd.local.scenario;

import java.util.List;

/**
 * A fleet of a scenario.
 *
 * @param config the parameter that the operator edits
 * @param text its first text
 * @param secure whether it is a SecureString
 */
public record FleetSpec(String config, String text, boolean secure, List<ServiceSpec> services) {
  public FleetSpec {
    services = List.copyOf(services);
  }

  static FleetSpec read(YamlValue value, List<String> clusters, Texts texts) {
    YamlMap map = value.map(List.of("config", "file", "text", "secure", "services"));
    List<ServiceSpec> services = map.list("services").stream()
        .map(service -> ServiceSpec.read(service, clusters))
        .toList();
    return new FleetSpec(
        map.get("config").matching(Texts.PARAMETER, "a parameter's name like /collectors/gateway"),
        texts.of(map).text(),
        map.get("secure", YamlValue::flag, false),
        services);
  }
}
