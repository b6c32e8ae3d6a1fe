package dev.shepherd.local.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.ParameterVersion;
import dev.shepherd.local.world.StoredParameter;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldCluster;
import dev.shepherd.local.world.WorldContainer;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import dev.shepherd.shared.config.CanonicalHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How the fleets stand, read from the world itself and from what Shepherd wrote of them. */
final class Standings {
  /** Of config parameters: the template's default. */
  static final String PREFIX = "/collectors/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final Controller controller;
  private final Registrations registrations;
  private final Repairs repairs;
  private final Map<String, String> hashes = new HashMap<>();

  Standings(World world, Controller controller, Scenario scenario) {
    this.world = world;
    this.controller = controller;
    repairs = new Repairs(world.parameters(), scenario);
    registrations = new Registrations(world);
  }

  FleetReport of(FleetSpec fleet) {
    return of(fleet.config(), fleet.services().stream().map(this::of).toList());
  }

  FleetReport of(String config, List<ServiceReport> services) {
    JsonNode state = state(config);
    return new FleetReport(
        config,
        live(config),
        member(state, "previous"),
        member(state, "phase").orElse("unseen").toLowerCase(Locale.ROOT),
        quarantined(state),
        member(state.path("held"), "reason"),
        member(state.path("rejected"), "reason"),
        0,
        services);
  }

  /** What Shepherd keeps of a fleet; an empty object before it has seen it. */
  JsonNode state(String config) {
    return text(own(config) + "/state").map(Standings::parse).orElse(JSON.createObjectNode());
  }

  private static String own(String config) {
    return "/shepherd" + config;
  }

  private static List<Quarantined> quarantined(JsonNode state) {
    List<Quarantined> all = new ArrayList<>();
    for (JsonNode each : state.path("quarantined")) {
      all.add(new Quarantined(
          each.path("hash").asText(),
          each.path("image").asText(),
          each.path("reason").asText()));
    }
    return all;
  }

  /**
   * The hash that has been promoted; absent before Shepherd has seen the fleet. Another controller
   * promotes nothing: then only the first text was ever meant for all.
   */
  Optional<String> promoted(FleetSpec fleet) {
    return switch (controller) {
      case SHEPHERD -> live(fleet.config());
      case REDEPLOY, NONE -> Optional.of(hash(world.parameters(), fleet.config(), fleet.text()));
    };
  }

  private Optional<String> live(String config) {
    return text(own(config) + "/live").map(name -> name.substring(name.lastIndexOf('/') + 1));
  }

  /** Whether every fleet stands as it should. */
  boolean converged(List<FleetSpec> fleets) {
    return fleets.stream().allMatch(this::converged);
  }

  /** By what Shepherd says is live; under another controller by what the operator wrote last. */
  private boolean converged(FleetSpec fleet) {
    return switch (controller) {
      case SHEPHERD -> of(fleet).converged();
      case REDEPLOY, NONE ->
        text(fleet.config())
            .map(text -> hash(fleet.config(), text))
            .filter(hash -> of(fleet).services().stream().allMatch(each -> each.runs(hash)))
            .isPresent();
    };
  }

  /** The tasks of the fleet's services, and the standalone ones that take its config. */
  List<WorldTask> tasks(FleetSpec fleet) {
    List<WorldTask> tasks = new ArrayList<>();
    fleet
        .services()
        .forEach(
            spec -> find(spec).ifPresent(service -> tasks.addAll(service.tasks().values())));
    for (WorldCluster cluster : world.ecs().clusters().values()) {
      cluster.standaloneTasks().stream()
          .filter(task -> takes(task, fleet.config()))
          .forEach(tasks::add);
    }
    return tasks;
  }

  private static boolean takes(WorldTask task, String config) {
    return task.containers().stream()
        .flatMap(container -> container.definition().secrets().stream())
        .map(secret -> secret.valueFrom().replaceFirst("^arn:.*:parameter/", "/"))
        .anyMatch(name -> name.equals(config) || name.startsWith("/shepherd" + config + "/"));
  }

  private ServiceReport of(ServiceSpec spec) {
    return find(spec).map(this::of).orElseGet(() -> gone(spec));
  }

  Optional<WorldService> find(ServiceSpec spec) {
    return world.ecs().cluster(spec.cluster()).services().values().stream()
        .filter(service -> service.name().equals(spec.name()) && service.isActive())
        .findFirst();
  }

  private static ServiceReport gone(ServiceSpec spec) {
    return new ServiceReport(spec.name(), 0, 0, 0, new TreeMap<>(), 0, true, true);
  }

  ServiceReport of(WorldService service) {
    List<WorldTask> running =
        service.tasks().values().stream().filter(WorldTask::isRunning).toList();
    return new ServiceReport(
        service.name(),
        service.desiredCount(),
        running.size(),
        (int) running.stream().filter(Standings::isHealthy).count(),
        byConfig(running),
        repairs.isForbidden(service)
            ? (int) running.stream().filter(Standings::isSick).count()
            : 0,
        isManaged(service),
        registrations.areExact(service));
  }

  /** How many of these there are of each hash; one that has read nothing counts as unknown. */
  SortedMap<String, Integer> byConfig(List<WorldTask> tasks) {
    SortedMap<String, Integer> byConfig = new TreeMap<>();
    tasks.forEach(task -> byConfig.merge(configOf(task), 1, Integer::sum));
    return byConfig;
  }

  /** What Cloud Map shows of it; {@code extras} may be registered with it too. */
  Registrations.Shown shown(WorldService service, List<WorldTask> extras) {
    return registrations.shown(service, extras);
  }

  private static boolean isManaged(WorldService service) {
    return service.settings().tags().stream()
        .noneMatch(tag -> tag.key().equals("shepherd:managed") && tag.value().equals("false"));
  }

  private static boolean isHealthy(WorldTask task) {
    return task.isServing() && collectors(task).allMatch(WorldContainer::isWell);
  }

  private static boolean isSick(WorldTask task) {
    return task.isServing() && !collectors(task).allMatch(WorldContainer::isWell);
  }

  /** Named so by the scenario, or in the operator's own task: what reads a fleet's config. */
  private static Stream<WorldContainer> collectors(WorldTask task) {
    return task.containers().stream()
        .filter(container -> container.name().equals(Blueprint.COLLECTOR)
            || container.secrets().keySet().stream().anyMatch(name -> name.contains(PREFIX)));
  }

  private String configOf(WorldTask task) {
    return readBy(task).orElse("unknown");
  }

  /** The hash of the text that the task's collector read at its start; absent before. */
  Optional<String> readBy(WorldTask task) {
    return collectors(task)
        .flatMap(collector -> collector.secrets().entrySet().stream())
        .filter(secret -> secret.getKey().contains(PREFIX))
        .map(secret -> hash(secret.getKey(), secret.getValue()))
        .findFirst();
  }

  private String hash(String parameter, String text) {
    return hashes.computeIfAbsent(
        parameter + '\n' + text, key -> hash(world.parameters(), parameter, text));
  }

  /** A text's hash, as Shepherd names it, by the kind that the parameter has now. */
  static String hash(ParameterStore parameters, String parameter, String text) {
    Optional<ParameterVersion> kind = parameters.find(parameter).map(StoredParameter::latest);
    return CanonicalHash.of(
            text,
            kind.map(version -> version.type().toString()).orElse("String"),
            kind.flatMap(ParameterVersion::keyId))
        .toString();
  }

  /** A version's hash, as Shepherd names it. */
  static String hash(ParameterVersion version) {
    return CanonicalHash.of(version.text(), version.type().toString(), version.keyId())
        .toString();
  }

  private Optional<String> text(String parameter) {
    return world.parameters().find(parameter).map(stored -> stored.latest().text());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      return JSON.createObjectNode();
    }
  }

  private static Optional<String> member(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
