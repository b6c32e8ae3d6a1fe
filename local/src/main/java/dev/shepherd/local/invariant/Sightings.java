package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** What each function was told by ECS and Cloud Map, and which of its listings are whole. */
// Over 200 lines: what each kind of answer tells, beside how long that counts.
final class Sightings {
  /** What an act rests on is at most so old. */
  static final Duration FRESH = Duration.ofSeconds(60);

  /** A service as a function saw it. */
  record SeenService(Instant at, int desired) {}

  /**
   * A task as a function saw it.
   *
   * @param group {@code service:NAME} for a service's
   * @param live wanted and running
   * @param serving live, with every essential container up
   */
  record SeenTask(
      Instant at, String id, String cluster, String group, boolean live, boolean serving) {}

  /** A listing of one run: what was asked for, whether the last page has come, and what it held. */
  private static final class Listing {
    private final List<String> items = new ArrayList<>();
    private boolean whole;
  }

  private final World world;
  private final Map<String, Map<String, SeenService>> services = new HashMap<>();
  private final Map<String, Map<String, SeenTask>> tasks = new HashMap<>();
  private final Map<String, Map<String, Instant>> missed = new HashMap<>();
  private final Map<String, Map<String, Listing>> listings = new HashMap<>();
  private final Map<String, Integer> runs = new HashMap<>();

  Sightings(World world) {
    this.world = world;
  }

  /** A call is tried: a listing that is asked for is not whole until its last page has come. */
  void asked(Caller caller, String operation, ObjectNode request) {
    if (!Integer.valueOf(caller.invocation())
        .equals(runs.put(caller.function(), caller.invocation()))) {
      of(listings, caller).clear();
      forgetOld(caller);
    }
    if (isListing(operation)) {
      listing(caller, operation, request).whole = false;
    }
  }

  private void forgetOld(Caller caller) {
    Instant oldest = world.clock().instant().minus(FRESH);
    of(services, caller).values().removeIf(seen -> seen.at.isBefore(oldest));
    of(tasks, caller).values().removeIf(seen -> seen.at.isBefore(oldest));
    of(missed, caller).values().removeIf(at -> at.isBefore(oldest));
  }

  void answered(Caller caller, String operation, ObjectNode request, ObjectNode answer) {
    if (isListing(operation)) {
      Listing listing = listing(caller, operation, request);
      if (request.path("nextToken").isMissingNode() && request.path("NextToken").isMissingNode()) {
        listing.items.clear();
      }
      listing.whole = !answer.has("nextToken") && !answer.has("NextToken");
      answer.path("Instances").forEach(each -> listing.items.add(each.path("Id").asText()));
    } else if (operation.equals("ecs:DescribeServices")) {
      answer
          .path("services")
          .forEach(service -> of(services, caller)
              .put(
                  service.path("serviceArn").asText(),
                  new SeenService(
                      world.clock().instant(), service.path("desiredCount").asInt())));
    } else if (operation.equals("ecs:DescribeTasks")) {
      answer.path("tasks").forEach(task -> see(caller, task));
      answer.path("failures").forEach(failure -> miss(caller, request, failure));
    }
  }

  private static boolean isListing(String operation) {
    return operation.equals("ecs:ListTasks") || operation.equals("servicediscovery:ListInstances");
  }

  private Listing listing(Caller caller, String operation, ObjectNode request) {
    ObjectNode key = request.deepCopy();
    key.remove(List.of("nextToken", "NextToken", "maxResults", "MaxResults"));
    return of(listings, caller).computeIfAbsent(operation + key, _ -> new Listing());
  }

  private static <V> Map<String, V> of(Map<String, Map<String, V>> byFunction, Caller caller) {
    return byFunction.computeIfAbsent(caller.function(), _ -> new LinkedHashMap<>());
  }

  private void see(Caller caller, JsonNode task) {
    String arn = task.path("taskArn").asText();
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    boolean live = task.path("lastStatus").asText().equals("RUNNING")
        && task.path("desiredStatus").asText().equals("RUNNING");
    Set<String> up = new TreeSet<>();
    task.path("containers").forEach(container -> {
      if (container.path("lastStatus").asText().equals("RUNNING")) {
        up.add(container.path("name").asText());
      }
    });
    boolean serving =
        live && up.containsAll(essential(task.path("taskDefinitionArn").asText()));
    of(missed, caller).remove(id);
    of(tasks, caller)
        .put(
            id,
            new SeenTask(
                world.clock().instant(),
                id,
                task.path("clusterArn").asText(),
                task.path("group").asText(),
                live,
                serving));
  }

  /** A read of the task's own cluster, so old that it does not hold it yet. */
  private void miss(Caller caller, ObjectNode request, JsonNode failure) {
    String arn = failure.path("arn").asText();
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    boolean itsOwn =
        world.ecs().cluster(request.path("cluster").asText()).tasks().containsKey(id);
    if (itsOwn && failure.path("reason").asText().equals("MISSING")) {
      of(missed, caller).put(id, world.clock().instant());
    }
  }

  /** Whether the function was told last, by an old read, that there is no such task. */
  boolean hasMissed(Caller caller, String id) {
    return Optional.ofNullable(of(missed, caller).get(id))
        .filter(at -> !at.isBefore(world.clock().instant().minus(FRESH)))
        .isPresent();
  }

  private Set<String> essential(String definition) {
    return world.ecs().taskDefinitions().find(definition).stream()
        .flatMap(found -> found.containerDefinitions().stream())
        .filter(container -> !Boolean.FALSE.equals(container.essential()))
        .map(ContainerDefinition::name)
        .collect(Collectors.toSet());
  }

  private <T> Optional<T> fresh(Optional<T> seen, Instant at) {
    return seen.filter(_ -> !at.isBefore(world.clock().instant().minus(FRESH)));
  }

  /** How many tasks a service asks for, as the function saw it. */
  Optional<Integer> desired(Caller caller, String serviceArn) {
    Optional<SeenService> seen = Optional.ofNullable(of(services, caller).get(serviceArn));
    return fresh(seen, seen.map(SeenService::at).orElse(Instant.EPOCH)).map(SeenService::desired);
  }

  /** Whether the function has seen this service at this time or later. */
  boolean hasSeen(String function, String serviceArn, Instant since) {
    return Optional.ofNullable(services.getOrDefault(function, Map.of()).get(serviceArn))
        .filter(seen -> !seen.at.isBefore(since))
        .isPresent();
  }

  /** A task as the function saw it. */
  Optional<SeenTask> task(Caller caller, String id) {
    Optional<SeenTask> seen = Optional.ofNullable(of(tasks, caller).get(id));
    return fresh(seen, seen.map(SeenTask::at).orElse(Instant.EPOCH));
  }

  /** The tasks of a service as the function saw them. */
  List<SeenTask> tasks(Caller caller, String clusterArn, String group) {
    return of(tasks, caller).values().stream()
        .filter(task -> task.cluster.equals(clusterArn) && task.group.equals(group))
        .filter(task -> task(caller, task.id).isPresent())
        .toList();
  }

  /** The instances of a Cloud Map service that this run has listed; empty where it has not. */
  Optional<List<String>> instances(Caller caller, String registry) {
    return of(listings, caller).entrySet().stream()
        .filter(each -> each.getKey().startsWith("servicediscovery:ListInstances"))
        .filter(each -> each.getKey().contains("\"" + registry + "\""))
        .filter(each -> each.getValue().whole)
        .map(each -> List.copyOf(each.getValue().items))
        .findFirst();
  }

  /** Whether this run has asked for a listing of this name and not got all of it. */
  boolean isIncomplete(Caller caller, String name) {
    return of(listings, caller).entrySet().stream()
        .anyMatch(each -> !each.getValue().whole
            && (each.getKey().contains("\"" + name + "\"")
                || each.getKey().contains("/" + name + "\"")));
  }
}
