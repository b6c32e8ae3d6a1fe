package dev.shepherd.local.bench;

import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fewest calls of a rollout that was watched minute by minute:
 *
 * <ol>
 *   <li>each minute, the quiet looks of {@link PageMinimum}, of as many tasks as run then: a
 *       deployment has old and new ones at once;
 *   <li>each minute, the evidence: of services that went over to the candidate the tasks that run
 *       and those that stopped, both listed, since what fails shows in either: by service, or the
 *       whole cluster's, whichever takes fewer pages; all that run described, and each that stopped
 *       once, since it does not change any more; of extra tasks that are up one ListTasks for each
 *       kind, and their pages;
 *   <li>once, every write, with the read right before that a write to a service rests on: per
 *       service DescribeServices, RegisterTaskDefinition and UpdateService, and for its probe
 *       RegisterTaskDefinition, RunTask and StopTask; per canary a tag, a stop, a registration, its
 *       health and a deregistration; per fleet the snapshot and its check, {@code live},
 *       {@code current}, eight states and four events, and two states for each five services.
 * </ol>
 *
 * <p>What it leaves out, though a controller of three functions needs it: that the functions which
 * have not registered a revision read it, and that canaries are looked for when they start.
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
  private final Set<String> described = new HashSet<>();

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
    PageMinimum.quiet(fleets, Math.max(fleets.tasks(), running(services())))
        .forEach((function, least) ->
            looks += least.calls() / (function.equals("RegistrationSync") ? 5 : 1));
    List<WorldService> moved = services().stream()
        .filter(service -> !definition(service).equals(before.get(service.name())))
        .toList();
    if (!moved.isEmpty()) {
      evidence += Math.min(lists(moved), listsOfAll())
          + pages(running(moved))
          + Math.ceilDiv(newlyStopped(moved), PAGE);
    }
    List<WorldTask> extras = world.ecs().cluster("prod").standaloneTasks().stream()
        .filter(WorldTask::isWanted)
        .toList();
    if (!extras.isEmpty()) {
      long kinds = extras.stream().map(WorldTask::startedBy).distinct().count();
      evidence += (int) kinds + pages(extras.size());
      canaries = Math.max(canaries, canaries(extras));
    }
  }

  private static int lists(List<WorldService> services) {
    return services.stream()
        .mapToInt(service -> pages(running(List.of(service))) + pages(stopped(List.of(service))))
        .sum();
  }

  private int listsOfAll() {
    return pages(running(services())) + pages(stopped(services()));
  }

  private static int running(Collection<WorldService> services) {
    return (int) tasks(services).filter(WorldTask::isWanted).count();
  }

  private static int stopped(Collection<WorldService> services) {
    return (int) tasks(services).filter(task -> !task.isWanted()).count();
  }

  private int newlyStopped(Collection<WorldService> services) {
    return (int) tasks(services)
        .filter(task -> !task.isWanted())
        .filter(task -> described.add(task.id()))
        .count();
  }

  private static Stream<WorldTask> tasks(Collection<WorldService> services) {
    return services.stream().flatMap(service -> service.tasks().values().stream());
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
