package dev.shepherd.functions.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shepherd.functions.aws.AllowanceSpent;
import dev.shepherd.functions.aws.Rates;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.Scheduling;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import dev.shepherd.shared.fleet.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Half of ECS's rate in 50 s are 550 calls; a service of 1,000 tasks takes 21 of them. */
class TaskMemoryTest {
  private static final int HALF = 50;

  private Instant now = Instant.parse("2026-05-11T10:00:00Z");
  private final Rates rates = new Rates(() -> now, HALF);
  private final TaskMemory memory = new TaskMemory(rates, () -> now, 2);
  private final Set<ServiceName> gone = new HashSet<>();
  private Health health = Health.HEALTHY;
  private Set<ServiceName> read = Set.of();
  private Instant since = Instant.MIN;

  TaskMemoryTest() {
    rates.begin(() -> Duration.ofSeconds(50));
  }

  private static List<ServiceState> services(int count, int deployment) {
    FleetName fleet = new FleetName("gateway");
    return IntStream.range(0, count)
        .mapToObj(number -> new ServiceState(
            new ServiceName("prod", "s" + number),
            new TaskDefinitionState(
                "arn:aws:ecs:eu-west-1:000000000000:task-definition/s:1",
                1,
                List.of(new Collector(
                    "collector",
                    "adot:v0.49.0",
                    new ConfigReference.Pinned(fleet, new ConfigHash("aaaaaaaaaaaa")),
                    true,
                    true)),
                false,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                List.of()),
            1_000,
            1_000,
            List.of(new DeploymentState(
                "ecs-svc/" + deployment,
                true,
                "arn:aws:ecs:eu-west-1:000000000000:task-definition/s:1",
                DeploymentState.Progress.COMPLETED,
                Instant.EPOCH)),
            Scheduling.USUAL,
            Optional.empty(),
            false,
            List.of(),
            ServiceState.Owner.SHEPHERD,
            Optional.empty()))
        .toList();
  }

  private TaskState task() {
    return new TaskState(
        "t",
        "arn:aws:ecs:eu-west-1:000000000000:task-definition/s:1",
        "ecs-svc/1",
        true,
        Optional.of(now),
        Optional.empty(),
        TaskState.Place.UNKNOWN,
        List.of(new ContainerState(
            "collector", true, health, Optional.empty(), Optional.empty(), Optional.empty())));
  }

  /** A run's look, a minute after the last one. */
  private Map<ServiceName, List<TaskState>> look(List<ServiceState> services) {
    now = now.plusSeconds(60);
    return memory.tasks(services, since, names -> {
      read = names;
      Map<ServiceName, List<TaskState>> tasks = new HashMap<>();
      names.stream()
          .filter(name -> !gone.contains(name))
          .forEach(name -> tasks.put(name, List.of(task())));
      return tasks;
    });
  }

  @Test
  void readsOverSeveralRunsWhatOneCannot() {
    List<ServiceState> services = services(40, 1);
    Set<ServiceName> all = new HashSet<>();
    for (int left : List.of(21, 2)) {
      assertThatThrownBy(() -> look(services))
          .isInstanceOf(AllowanceSpent.class)
          .hasMessageContaining(left + " of its 40 services");
      assertThat(read).hasSize(19).noneMatch(all::contains);
      all.addAll(read);
    }
    assertThat(look(services)).hasSize(40);
    assertThat(read).as("two, and the oldest of half a run's calls").hasSize(13);
    Set<ServiceName> before = read;
    assertThat(look(services)).hasSize(40);
    assertThat(read).hasSize(13).doesNotContainAnyElementsOf(before);
  }

  @Test
  void keepsNoReadingBeyondItsDeployment() {
    look(services(10, 1));
    look(services(19, 2));
    assertThat(read).hasSize(19);
  }

  @Test
  void keepsNoReadingBeyondThePhase() {
    look(services(19, 1));
    since = now.plusSeconds(1);
    look(services(19, 1));
    assertThat(read).hasSize(19);
  }

  @Test
  void keepsWhatIsUncertainForFiveMinutesAndWithoutIt() {
    look(services(19, 1));
    health = Health.UNKNOWN;
    assertThat(look(services(19, 1))).hasSize(19);
    Set<ServiceName> uncertain = read;
    now = now.plus(Duration.ofMinutes(3));
    health = Health.HEALTHY;
    Map<ServiceName, List<TaskState>> seen = look(services(19, 1));
    uncertain.stream()
        .filter(name -> !read.contains(name))
        .forEach(name -> assertThat(seen.get(name)).isEmpty());
    now = now.plus(Duration.ofMinutes(1));
    assertThat(look(services(19, 1)).values()).allMatch(tasks -> tasks.size() == 1);
  }

  @Test
  void forgetsWhatIsGone() {
    List<ServiceState> services = services(3, 1);
    look(services);
    gone.add(services.getFirst().name());
    assertThat(look(services)).hasSize(2).doesNotContainKey(services.getFirst().name());
  }
}
