package dev.shepherd.local.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldCluster;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the fleets stand, read from the world itself and from what Shepherd wrote of them. */
final class Standings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final Controller controller;
  private final Registrations registrations;
  private final ConfigReads reads;
  private final Repairs repairs;
  private final Map<String, Kept> states = new HashMap<>();

  private record Kept(String text, JsonNode state) {}

  Standings(World world, Controller controller, Scenario scenario) {
    this.world = world;
    this.controller = controller;
    repairs = new Repairs(world.parameters(), scenario);
    registrations = new Registrations(world);
    reads = new ConfigReads(world.parameters());
  }

  /** Which config tasks have read. */
  ConfigReads reads() {
    return reads;
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
        phase(state),
        quarantined(state),
        member(state.path("held"), "reason"),
        member(state.path("rejected"), "reason"),
        0,
        services);
  }

  /** What Shepherd keeps of a fleet; an empty object before it has seen it. */
  JsonNode state(String config) {
    String text = text(own(config) + "/state").orElse("{}");
    Kept kept = states.get(config);
    if (kept == null || !kept.text.equals(text)) {
      kept = new Kept(text, parse(text));
      states.put(config, kept);
    }
    return kept.state;
  }

  /** What Shepherd says that it is at; {@code unseen} before it has seen the fleet. */
  String phase(FleetSpec fleet) {
    return phase(state(fleet.config()));
  }

  private static String phase(JsonNode state) {
    return member(state, "phase").orElse("unseen").toLowerCase(Locale.ROOT);
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
      case REDEPLOY, NONE -> Optional.of(reads.hash(fleet.config(), fleet.text()));
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
            .map(text -> reads.hash(fleet.config(), text))
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
          .filter(task -> ConfigReads.takes(task, fleet.config()))
          .forEach(tasks::add);
    }
    return tasks;
  }

  private ServiceReport of(ServiceSpec spec) {
    return find(spec).map(this::of).orElseGet(() -> gone(spec));
  }

  Optional<WorldService> find(ServiceSpec spec) {
    return Optional.ofNullable(world.ecs().cluster(spec.cluster()).services().get(spec.name()))
        .filter(WorldService::isActive);
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
        (int) running.stream().filter(ConfigReads::isHealthy).count(),
        reads.count(running),
        repairs.isForbidden(service)
            ? (int) running.stream().filter(ConfigReads::isSick).count()
            : 0,
        isManaged(service),
        registrations.areExact(service));
  }

  /** What Cloud Map shows of it; {@code extras} may be registered with it too. */
  Registrations.Shown shown(WorldService service, List<WorldTask> extras) {
    return registrations.shown(service, extras);
  }

  private static boolean isManaged(WorldService service) {
    return service.settings().tags().stream()
        .noneMatch(tag -> tag.key().equals("shepherd:managed") && tag.value().equals("false"));
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
