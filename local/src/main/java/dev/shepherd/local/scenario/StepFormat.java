package dev.shepherd.local.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a scenario's steps: {@code at} and the one key that names the kind of step. */
final class StepFormat {
  private static final int MOST_TASKS = 100_000;

  private final Map<String, Function<YamlMap, Step>> kinds = new LinkedHashMap<>();
  private final Map<String, ServiceSpec> services;
  private final List<String> configs;
  private final Texts texts;

  StepFormat(List<FleetSpec> fleets, Texts texts) {
    this.texts = texts;
    configs = fleets.stream().map(FleetSpec::config).toList();
    services = new LinkedHashMap<>();
    fleets.forEach(fleet -> fleet.services().forEach(spec -> services.put(spec.name(), spec)));
    operatorKinds();
    taskKinds();
    registrationKinds();
  }

  PlannedStep read(YamlValue value, Duration end) {
    YamlMap map = value.anyMap();
    List<String> kind = kinds.keySet().stream().filter(map::has).toList();
    if (kind.size() != 1) {
      throw value.error("a step needs 'at' and one of: " + String.join(", ", kinds.keySet()));
    }
    String name = kind.getFirst();
    List<String> known = new ArrayList<>(List.of("at", name));
    if (name.equals("put")) {
      known.addAll(List.of("file", "text"));
    }
    map.onlyKnown(known);
    Duration at = map.get("at").duration();
    if (at.compareTo(end) > 0) {
      throw map.get("at").error("this step comes after the scenario's duration");
    }
    return new PlannedStep(at, value.place(), readingOf(name).apply(map));
  }

  private Function<YamlMap, Step> readingOf(String kind) {
    Function<YamlMap, Step> reading = kinds.get(kind);
    if (reading == null) {
      throw new IllegalArgumentException("no such kind of step: " + kind);
    }
    return reading;
  }

  private void operatorKinds() {
    kinds.put("put", this::put);
    kinds.put("delete", map -> new Step.Delete(parameter(map.get("delete"))));
    kind(
        "tag",
        List.of("parameter", "key", "value"),
        map -> new Step.Tag(
            parameter(map.get("parameter")),
            map.get("key").text(),
            map.get("value").text()));
    kind("deploy", List.of("service", "by", "reference"), this::deploy);
    kind(
        "scale",
        List.of("service", "tasks"),
        map -> new Step.Scale(service(map).name(), map.get("tasks").integer(0, MOST_TASKS)));
    kind(
        "alarm",
        List.of("name", "state"),
        map -> new Step.Alarm(
            map.get("name").text(), map.get("state").oneOf("ALARM", "OK", "INSUFFICIENT_DATA")));
    kind(
        "killCall",
        List.of("function", "call"),
        map -> new Step.KillCall(
            map.get("function").oneOf("ConfigRollout", "TaskReplacement", "RegistrationSync"),
            map.get("call").integer(1, MOST_TASKS)));
    kinds.put("faults", StepFormat::faultsOff);
  }

  private void taskKinds() {
    kind("behave", List.of("fleet", "config", "collector", "after"), this::behave);
    kind("kill", List.of("service", "container", "tasks"), this::kill);
    kind(
        "unhealthy",
        List.of("service", "percent", "zone"),
        map -> new Step.Unhealthy(
            service(map).name(),
            map.get("percent", number -> number.integer(1, 100), 100),
            map.find("zone").map(zone -> zone(zone, service(map)))));
    kind("stopHost", List.of("service", "host"), map -> {
      ServiceSpec service = service(map);
      if (service.hosts() == 0) {
        throw map.get("service").error("'" + service.name() + "' runs on Fargate, without hosts");
      }
      return new Step.StopHost(service.name(), map.get("host").integer(1, service.hosts()));
    });
  }

  private void registrationKinds() {
    registrations("orphan", Step.Orphan::new);
    registrations("unregister", Step.Unregister::new);
    registrations("reuseIp", Step.ReuseIp::new);
    registrations("foreignInstance", Step.ForeignInstance::new);
  }

  private interface OfInstances {
    Step of(String service, int instances);
  }

  private void registrations(String name, OfInstances step) {
    kind(name, List.of("service", "instances"), map -> {
      ServiceSpec service = service(map);
      if (!service.discovery()) {
        throw map.get("service").error("'" + service.name() + "' has no Cloud Map service");
      }
      return step.of(service.name(), map.get("instances", number -> number.integer(1, 1000), 1));
    });
  }

  /** A kind whose key holds a mapping with these keys. */
  private void kind(String name, List<String> keys, Function<YamlMap, Step> reading) {
    kinds.put(name, map -> reading.apply(map.get(name).map(keys)));
  }

  private Step put(YamlMap map) {
    Texts.Named text = texts.of(map);
    return new Step.Put(parameter(map.get("put")), text.text(), text.label());
  }

  private Step deploy(YamlMap map) {
    ServiceSpec service = service(map);
    return new Step.Deploy(
        service.name(),
        map.get("by", YamlValue::text, "someone-else"),
        map.get(
            "reference",
            text -> text.oneOf(List.of(ServiceSpec.Reference.values())),
            service.reference()));
  }

  private Step behave(YamlMap map) {
    map.find("config").ifPresent(value -> value.oneOf("latest"));
    return new Step.Behave(
        map.get("fleet").oneOf(configs),
        map.get("collector").oneOf(List.of(Step.Collector.values())),
        map.get("after", YamlValue::duration, Duration.ZERO));
  }

  private Step kill(YamlMap map) {
    ServiceSpec service = service(map);
    boolean sidecar = service.pattern() == ServiceSpec.Pattern.SIDECAR;
    List<String> containers = sidecar ? List.of("collector", "app") : List.of("collector");
    return new Step.Kill(
        service.name(),
        map.get("container", text -> text.oneOf(containers), "collector"),
        map.get("tasks", number -> number.integer(1, MOST_TASKS), 1));
  }

  private static Step faultsOff(YamlMap map) {
    map.get("faults").oneOf("off");
    return new Step.FaultsOff();
  }

  private ServiceSpec service(YamlMap map) {
    YamlValue name = map.get("service");
    ServiceSpec service = services.get(name.oneOf(List.copyOf(services.keySet())));
    if (service == null) {
      throw name.error("no such service");
    }
    return service;
  }

  private static String parameter(YamlValue value) {
    return value.matching(Texts.PARAMETER, "a parameter's name like /collectors/gateway");
  }

  private static String zone(YamlValue value, ServiceSpec service) {
    String zone = value.text();
    boolean known =
        zone.length() == 1 && zone.charAt(0) >= 'a' && zone.charAt(0) < 'a' + service.zones();
    if (!known) {
      throw value.error("'" + service.name() + "' has no zone '" + zone + "'");
    }
    return zone;
  }
}
