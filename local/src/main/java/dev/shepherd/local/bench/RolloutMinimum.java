package dev.shepherd.local.bench;

import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fewest calls of a rollout that was watched minute by minute:
 *
 * <ol>
 *   <li>each minute, the quiet looks of {@link PageMinimum};
 *   <li>each minute, the evidence: of services that went over to the candidate the tasks that run
 *       and those that stopped, two ListTasks each or the pages of the whole cluster, whichever are
 *       fewer, and the pages of DescribeTasks of those that run; where there are extra tasks, one
 *       ListTasks for each kind and their pages;
 *   <li>once, every write, with the read right before that a write to a service rests on: per
 *       service DescribeServices, RegisterTaskDefinition and UpdateService, and for its probe
 *       RegisterTaskDefinition, RunTask and StopTask; per canary a tag, a stop, a registration, its
 *       health and a deregistration; per fleet the snapshot and its check, {@code live},
 *       {@code current}, eight states and four events, and two states for each five services.
 * </ol>
 */
final class RolloutMinimum {
  private static final int PAGE = 100;
  private static final int AT_ONCE = 5;
  private static final int OF_FLEET = 2 + 2 + 8 + 4;

  private final SampleFleets fleets;
  private final World world;
  private final Map<String, String> before;
  private double looks;
  private int evidence;
  private int canaries;

  /** At the edit. */
  RolloutMinimum(SampleFleets fleets, World world) {
    this.fleets = fleets;
    this.world = world;
    before = services().stream()
        .collect(Collectors.toMap(WorldService::name, RolloutMinimum::definition));
  }

  private Collection<WorldService> services() {
    return world.ecs().cluster("prod").services().values();
  }

  private static String definition(WorldService service) {
    return service.service().taskDefinition();
  }

  /** A minute has passed. */
  void minute() {
    PageMinimum.quiet(fleets)
        .forEach((function, least) ->
            looks += least.calls() / (function.equals("RegistrationSync") ? 5 : 1));
    List<WorldService> moved = services().stream()
        .filter(service -> !definition(service).equals(before.get(service.name())))
        .toList();
    if (!moved.isEmpty()) {
      int lists = Math.min(2 * moved.size(), pages(fleets.tasks()) + 1);
      int tasks = moved.stream().mapToInt(service -> service.tasks().size()).sum();
      evidence += lists + pages(tasks);
    }
    Collection<WorldTask> extras = world.ecs().cluster("prod").standaloneTasks();
    if (!extras.isEmpty()) {
      evidence += 2 + pages(extras.size());
      canaries = Math.max(canaries, canaries(extras));
    }
  }

  private static int canaries(Collection<WorldTask> extras) {
    return (int) extras.stream()
        .filter(task -> task.startedBy().filter("shepherd-canary"::equals).isPresent())
        .count();
  }

  double calls() {
    int services = fleets.services();
    int writes = 6 * services
        + (canaries == 0 ? 0 : 1 + Math.ceilDiv(canaries, 10) + 5 * canaries)
        + OF_FLEET * SampleFleets.FLEETS
        + 2 * Math.ceilDiv(services, AT_ONCE);
    return Math.ceil(looks) + evidence + writes;
  }

  String formula() {
    return "(looks %.0f + evidence %d + the rest once)".formatted(Math.ceil(looks), evidence);
  }

  private static int pages(int items) {
    return Math.max(1, Math.ceilDiv(items, PAGE));
  }
}
