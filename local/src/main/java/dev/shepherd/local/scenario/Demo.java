package dev.shepherd.local.scenario;

import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The demo: its scenario, played, and what it must come to. */
public final class Demo {
  static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

  /** How long a new world takes to have all tasks running and seen. */
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private static final String FILE = "examples/demo/scenario.yaml";
  private static final String GATEWAY = "/collectors/gateway";
  private static final String SHOP = "/collectors/shop";

  /** Which texts the fleets must end on: the last good one of each. */
  private static final Map<String, String> GOOD =
      Map.of(GATEWAY, "gateway.yaml", SHOP, "sidecar-tasks.yaml");

  /** What must have been told of the edits that fail, and of the collectors that die. */
  private static final List<String> TOLD = List.of(
      "Config Rejected",
      "Canary Started",
      "Canary Failed",
      "Rollout Promoted",
      "Rollout Rolled Back",
      "Task Replaced",
      "Restart Requested",
      "Replacement Held");

  private static final double SHARE = 0.25;

  /**
   * What came of it.
   *
   * @param recording what its page shows over time
   * @param missed what is not as it should be at the end; empty when all is
   */
  public record Outcome(Report report, Recording recording, List<String> missed) {
    public Outcome {
      missed = List.copyOf(missed);
    }
  }

  private Demo() {}

  /**
   * Plays it to its end.
   *
   * @param root the project's folder
   */
  public static Outcome play(Path root) throws IOException {
    return play(scenario(root), root, _ -> {});
  }

  static Outcome play(Scenario scenario, Path root, Consumer<Invocation> listener)
      throws IOException {
    Simulation simulation = simulation(scenario, root, START);
    simulation.listen(listener);
    Recording recording = simulation.record();
    PlannedStep comment = scenario.steps().getLast();
    simulation.runTo(scenario.steps().stream()
        .filter(step -> step.step() instanceof Step.Deploy)
        .findFirst()
        .orElseThrow()
        .at());
    Set<String> before = releases(simulation);
    simulation.runTo(comment.at());
    int restartsBefore = simulation.report().restarts();
    Report report = simulation.run();
    List<String> missed = new ArrayList<>();
    for (FleetReport fleet : report.fleets()) {
      missed(fleet, expected(simulation, scenario, fleet.config())).ifPresent(missed::add);
    }
    if (report.restarts() != restartsBefore) {
      missed.add("the edit of comments alone restarted tasks");
    }
    if (releases(simulation).equals(before)) {
      missed.add("the checkout team's release did not survive the way back");
    }
    for (String told : TOLD) {
      if (report.timeline().stream().noneMatch(entry -> entry.text().equals(told))) {
        missed.add("nobody was told: " + told);
      }
    }
    report.fleets().stream()
        .filter(fleet -> fleet.quarantined().size() != 1 || fleet.maxShareOnUnpromoted() > SHARE)
        .forEach(fleet -> missed.add(fleet.config()
            + ": not one edit in quarantine, or more than the canary share was ever on it"));
    missed.addAll(registrationsMissed(report));
    simulation
        .refusals()
        .forEach(refused -> missed.add("the template's roles do not allow " + refused));
    return new Outcome(report, recording, missed);
  }

  /** What RegistrationSync must have decided of what the scenario does to Cloud Map. */
  private static List<String> registrationsMissed(Report report) {
    String decided = report.timeline().stream()
        .filter(entry -> entry.function().equals("RegistrationSync"))
        .map(entry -> entry.text() + " " + entry.reason() + "\n")
        .collect(Collectors.joining());
    Map<String, String> wanted = Map.of(
        "ECS has left it behind", "no orphan was taken out of Cloud Map",
        "its address is another's by now", "no re-used address was put right",
        "ECS has not put it in", "no lost registration was restored",
        "Leave TOO_MANY", "a mass of orphans was taken out at once");
    return wanted.entrySet().stream()
        .filter(each -> !decided.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }

  /** The digests of what the checkout team has shipped, as its tasks run it. */
  private static Set<String> releases(Simulation simulation) {
    Ecs ecs = simulation.world().ecs();
    return ecs.service(ecs.cluster("default"), "checkout").tasks().values().stream()
        .filter(WorldTask::isWanted)
        .flatMap(task -> task.task().containers().stream())
        .filter(container -> container.name().equals("app"))
        .map(container -> String.valueOf(container.imageDigest()))
        .collect(Collectors.toSet());
  }

  /** The hash of the fleet's good edit, found among the scenario's steps by its file's name. */
  private static String expected(Simulation simulation, Scenario scenario, String config) {
    return scenario.steps().stream()
        .map(PlannedStep::step)
        .filter(step -> step instanceof Step.Put put && put.label().equals(GOOD.get(config)))
        .map(step -> ((Step.Put) step).text())
        .map(text -> ConfigReads.hash(simulation.world().parameters(), config, text))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> missed(FleetReport fleet, String hash) {
    if (!fleet.live().equals(Optional.of(hash))) {
      return Optional.of(fleet.config() + ": live is not the good edit, " + hash);
    }
    return fleet.converged()
        ? Optional.empty()
        : Optional.of(fleet.config() + ": not every task runs " + hash + " and is well");
  }

  static Scenario scenario(Path root) throws IOException {
    Path file = root.resolve(FILE);
    return Scenario.parse(Files.readString(file), FILE, file.resolveSibling("."));
  }

  static Simulation simulation(Scenario scenario, Path root, Instant start) throws IOException {
    return new Simulation(scenario, root.resolve("template.yaml"), start);
  }

  /**
   * A fresh world with the demo's fleets and none of its edits, in which it is now {@code now} and
   * every task runs.
   *
   * @param root the project's folder
   */
  public static Simulation world(Path root, Instant now) throws IOException {
    Scenario scenario = scenario(root).withoutSteps();
    Simulation simulation = simulation(scenario, root, now.minus(SETTLING));
    simulation.runTo(SETTLING);
    return simulation;
  }
}
