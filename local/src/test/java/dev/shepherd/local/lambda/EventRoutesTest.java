package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EventRoutesTest {
  private static final Instant START = Instant.parse("2026-05-11T09:00:00Z");
  private static final Map<String, String> WANTED = Map.ofEntries(
      Map.entry("parameter-create", "ConfigRolloutQueue"),
      Map.entry("parameter-update", "ConfigRolloutQueue"),
      Map.entry("parameter-delete", "ConfigRolloutQueue"),
      Map.entry("deployment-in-progress", "ConfigRolloutQueue"),
      Map.entry("deployment-rollback-in-progress", "ConfigRolloutQueue"),
      Map.entry("deployment-completed", "ConfigRolloutQueue"),
      Map.entry("deployment-failed", "ConfigRolloutQueue"),
      Map.entry("shepherd-restart-requested", "ConfigRolloutQueue"),
      Map.entry("task-running-sidecar-collector-exited-nonessential", "TaskReplacementQueue"),
      Map.entry("task-stopped-essential-exited", "TaskReplacementQueue"),
      Map.entry("task-stopped-oom", "TaskReplacementQueue"),
      Map.entry("task-running-canary", "RegistrationSyncQueue"),
      Map.entry("shepherd-canary-started", "RegistrationSyncQueue"),
      Map.entry("shepherd-drain-requested", "RegistrationSyncQueue"));

  private final VirtualClock clock = new VirtualClock(START);
  private final List<String> delivered = new ArrayList<>();

  private EventRoutes routes(long seed) {
    return new EventRoutes(
        clock,
        Project.template().rules().stream().filter(r -> r.rate().isEmpty()).toList(),
        (rule, body) -> delivered.add(rule.queue() + " " + body),
        new SplittableRandom(seed));
  }

  /** Every file of events/ that is one event. */
  static Stream<Arguments> samples() throws IOException {
    Map<String, String> samples = new TreeMap<>();
    try (Stream<Path> files = Files.list(Project.ROOT.resolve("events"))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .filter(name -> Project.event(name).has("detail-type"))
          .filter(name -> !Project.event(name).path("source").asText().equals("aws.events"))
          .forEach(name -> samples.put(name, WANTED.getOrDefault(name, "none")));
    }
    return samples.entrySet().stream().map(e -> argumentSet(e.getKey(), e.getKey(), e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sendsEachSampleWhereItBelongs(String name, String queue) {
    Set<String> wanted = new TreeSet<>(Set.of(queue));
    wanted.remove("none");
    if (name.startsWith("task-")) {
      wanted.add("RegistrationSyncQueue"); // Every service's tasks may be registered.
    }
    assertThat(routes(1).matching(Project.event(name)))
        .extracting(Template.Rule::queue)
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  static Stream<Arguments> parameters() {
    return Stream.of(
        argumentSet("a config", "/collectors/gateway", true),
        argumentSet("a config in a folder", "/collectors/eu/gateway", true),
        argumentSet("a foreign parameter", "/billing/db-password", false),
        argumentSet("the prefix without its slash", "/collectors-old/gateway", false),
        argumentSet("Shepherd's own snapshot", "/shepherd/collectors/gateway/live", false));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void hearsOnlyOfParametersBelowThePrefix(String name, boolean heard) {
    ObjectNode event = Project.event("parameter-update");
    event.withObject("detail").put("name", name);

    assertThat(routes(1).matching(event)).hasSize(heard ? 1 : 0);
  }

  private List<ObjectNode> updates(int count) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> Project.event("parameter-update").put("id", "event-" + i))
        .toList();
  }

  private List<String> idsOf(EventFaults faults, int count, Duration apart) {
    EventRoutes routes = routes(7);
    routes.inject(faults);
    updates(count).forEach(event -> {
      routes.accept(event);
      clock.pass(apart);
    });
    clock.pass(Duration.ofMinutes(10));
    return delivered.stream()
        .map(d -> d.replaceFirst("(?s).*\"id\":\"([^\"]+)\".*", "$1"))
        .toList();
  }

  @Test
  void withoutFaultsKeepsOrderAndCount() {
    assertThat(idsOf(EventFaults.NONE, 4, Duration.ZERO))
        .containsExactly("event-0", "event-1", "event-2", "event-3");
  }

  @Test
  void losesAll() {
    assertThat(idsOf(new EventFaults(0, 0, 1, Duration.ZERO), 4, Duration.ZERO)).isEmpty();
  }

  @Test
  void doublesAllHalfOfThemUnderANewId() {
    List<String> ids = idsOf(new EventFaults(1, 0, 0, Duration.ZERO), 100, Duration.ofSeconds(1));

    assertThat(ids).hasSize(200);
    assertThat(ids.stream().distinct().count()).isBetween(120L, 180L);
  }

  @Test
  void reordersWithoutLosing() {
    List<String> ids = idsOf(new EventFaults(0, 0.5, 0, Duration.ZERO), 20, Duration.ofSeconds(1));

    assertThat(ids)
        .hasSize(20)
        .doesNotHaveDuplicates()
        .isNotEqualTo(ids.stream().sorted().toList());
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            updates(20).stream().map(e -> e.get("id").asText()).toList());
  }

  @Test
  void anEventThatNothingOvertakesComesAllTheSame() {
    assertThat(idsOf(new EventFaults(0, 1, 0, Duration.ZERO), 1, Duration.ZERO))
        .containsExactly("event-0");
  }

  @Test
  void delaysWithinTheBound() {
    EventRoutes routes = routes(3);
    routes.inject(new EventFaults(0, 0, 0, Duration.ofSeconds(60)));
    updates(50).forEach(routes::accept);
    clock.pass(Duration.ofSeconds(5));
    assertThat(delivered).hasSizeBetween(1, 15);
    clock.pass(Duration.ofSeconds(55));
    assertThat(delivered).hasSize(50);
  }
}
