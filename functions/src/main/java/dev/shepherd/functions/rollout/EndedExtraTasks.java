package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.ExtraTaskNames;
import dev.shepherd.functions.aws.StandaloneTasks;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Reads extra tasks that ended within the hour. Calls of a run, in a cluster: one ListTasks for
 * each 100 tasks that stopped there, which serves all fleets, or where those are more than one
 * page, and more than half of the F families (a service's, of one kind) that are asked for, F
 * ListTasks; and ⌈n/100⌉ DescribeTasks of the n of them that this instance has not seen stopped
 * before. DescribeTaskDefinition once for each revision of a task whose tags are gone.
 */
final class EndedExtraTasks {
  private static final String STOPPED = "STOPPED";

  private final StandaloneTasks standalone;
  private final TaskDefinitions definitions;

  /** By cluster, all that stopped, as this run has listed them. */
  private final Map<String, List<String>> listings = new HashMap<>();

  /** How many pages a cluster's listing has more than; kept while runs ask for it. */
  private final Map<String, Integer> longerThan = new HashMap<>();

  private boolean asked;

  /** By cluster and ARN, those of the last listings: what has stopped does not change any more. */
  private final Map<String, Map<String, Task>> known = new HashMap<>();

  /** Extra tasks of one kind beside one service. */
  record Asked(ServiceState service, Kind kind) {
    private String cluster() {
      return service.name().cluster();
    }
  }

  EndedExtraTasks(StandaloneTasks standalone, TaskDefinitions definitions) {
    this.standalone = standalone;
    this.definitions = definitions;
  }

  /** A new run: what was listed before is listed again. */
  void begin() {
    listings.clear();
    if (!asked) {
      longerThan.clear();
    }
    asked = false;
  }

  /** Those that were asked for, of one fleet. */
  List<ExtraTask> of(FleetName fleet, List<Asked> beside) {
    asked |= !beside.isEmpty();
    return beside.stream()
        .collect(Collectors.groupingBy(Asked::cluster, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .flatMap(each -> of(fleet, each.getKey(), each.getValue()))
        .toList();
  }

  private Stream<ExtraTask> of(FleetName fleet, String cluster, List<Asked> asked) {
    Set<String> families = asked.stream().map(this::family).collect(Collectors.toSet());
    List<Task> ended = describe(cluster, listed(cluster, families));
    // Both listings may show one that is just ending.
    return asked.stream()
        .flatMap(each -> ended.stream()
            .filter(task -> isOf(family(each), task))
            .map(task ->
                task.hasTags() && !task.tags().isEmpty() ? task : tagged(task, each.service())))
        .flatMap(task -> ExtraTaskNames.extra(fleet, cluster, task).stream())
        .filter(extra -> extra.task().stop().isPresent());
  }

  private Set<String> listed(String cluster, Set<String> families) {
    return all(cluster, Math.max(1, families.size() / 2))
        .map(Set::copyOf)
        .orElseGet(() -> families.stream()
            .flatMap(family -> standalone.stopped(cluster, family).stream())
            .collect(Collectors.toSet()));
  }

  /** Empty where they are more than so many pages. */
  private Optional<List<String>> all(String cluster, int pages) {
    if (!listings.containsKey(cluster) && longerThan.getOrDefault(cluster, 0) < pages) {
      standalone
          .stopped(cluster, pages)
          .ifPresentOrElse(
              arns -> listings.put(cluster, arns), () -> longerThan.put(cluster, pages));
    }
    return Optional.ofNullable(listings.get(cluster));
  }

  private List<Task> describe(String cluster, Set<String> arns) {
    Map<String, Task> before = known.getOrDefault(cluster, Map.of());
    Map<String, Task> tasks = new TreeMap<>(before);
    tasks.keySet().retainAll(arns);
    Set<String> unknown = new HashSet<>(arns);
    unknown.removeAll(tasks.keySet());
    standalone
        .describe(cluster, unknown.stream().sorted().toList())
        .forEach(task -> tasks.put(task.taskArn(), task));
    known.put(
        cluster,
        tasks.values().stream()
            .filter(task -> STOPPED.equals(task.lastStatus()))
            .collect(Collectors.toMap(Task::taskArn, task -> task)));
    return List.copyOf(tasks.values());
  }

  private String family(Asked asked) {
    String base =
        definitions.read(asked.service().definition().arn()).definition().family();
    return ExtraTaskNames.family(base, asked.kind());
  }

  private static boolean isOf(String family, Task task) {
    String arn = task.taskDefinitionArn();
    return arn.substring(0, arn.lastIndexOf(':')).endsWith("/" + family);
  }

  /**
   * <a
   * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html">StopTask</a>
   * deletes a task's tags: then its definition, which was made for it, says what it was.
   */
  private Task tagged(Task task, ServiceState service) {
    Map<String, String> tags =
        new HashMap<>(definitions.read(task.taskDefinitionArn()).tags());
    tags.put(ExtraTaskNames.SERVICE_TAG, service.name().service());
    List<Tag> known = tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
    return task.toBuilder().tags(known).build();
  }
}
