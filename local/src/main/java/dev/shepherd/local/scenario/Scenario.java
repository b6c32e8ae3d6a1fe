package dev.shepherd.local.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A world, what happens to it, and for how long: what {@code ./shepherd simulate} and
 * {@code ./shepherd demo} play. The format is that of {@code docs/scenario.schema.json}.
 *
 * @param name the file as it was named
 * @param duration virtual time from start to end
 * @param steps in the order in which they happen
 */
public record Scenario(
    String name,
    long seed,
    Duration duration,
    Policy policy,
    List<String> clusters,
    List<FleetSpec> fleets,
    FaultRates faults,
    List<PlannedStep> steps) {

  /** Longer than any back-off, bake and wave at their defaults. */
  static final Duration PEACE = Duration.ofHours(3);

  private static final List<String> KEYS =
      List.of("seed", "duration", "policy", "clusters", "fleets", "faults", "steps");

  public Scenario {
    clusters = List.copyOf(clusters);
    fleets = List.copyOf(fleets);
    steps = steps.stream().sorted(Comparator.comparing(PlannedStep::at)).toList();
  }

  /**
   * Reads a scenario file; configs that it names by {@code file} are read from beside it.
   *
   * @throws ScenarioError with file, line and column, where it cannot be played; with the file
   *     alone where it cannot be read
   */
  public static Scenario read(Path file) {
    try {
      Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
      return parse(Files.readString(file), file.toString(), folder);
    } catch (IOException unreadable) {
      String why = Files.exists(file) ? "cannot be read" : "is not there";
      throw new ScenarioError("the scenario file " + file + " " + why + "; name one that is");
    }
  }

  /**
   * As {@link #read}, of a text.
   *
   * @param folder where the files are that it names
   */
  public static Scenario parse(String text, String name, Path folder) {
    return whole(root(text, name), name, folder);
  }

  static YamlMap root(String text, String name) {
    return new YamlValue(compose(text, name), name).map(KEYS);
  }

  static Scenario whole(YamlMap map, String name, Path folder) {
    Texts texts = new Texts(folder);
    List<String> clusters = map.get("clusters", YamlValue::list, List.<YamlValue>of()).stream()
        .map(cluster -> cluster.matching(Texts.NAME, "a cluster's name"))
        .toList();
    List<String> named = clusters.isEmpty() ? List.of("prod") : clusters;
    List<FleetSpec> fleets = map.get("fleets").list().stream()
        .map(fleet -> FleetSpec.read(fleet, named, texts))
        .toList();
    refuseTwins(map.get("fleets"), fleets);
    Duration duration = map.get("duration").duration();
    StepFormat steps = new StepFormat(fleets, texts);
    return new Scenario(
        name,
        map.get("seed", YamlValue::seed, 1L),
        duration,
        map.get("policy", Policy::read, Policy.DEFAULTS),
        named,
        fleets,
        map.get("faults", FaultRates::read, FaultRates.NONE),
        map.list("steps").stream().map(step -> steps.read(step, duration)).toList());
  }

  /** The same, with other chances. */
  public Scenario withSeed(long other) {
    return new Scenario(name, other, duration, policy, clusters, fleets, faults, steps);
  }

  /** The same world, to which nothing happens. */
  Scenario withoutSteps() {
    return new Scenario(name, seed, duration, policy, clusters, fleets, faults, List.of());
  }

  /**
   * Whether, after the last step and the last fault, {@link #PEACE} and more passes, so that a
   * rollout that was held tries again and ends.
   */
  boolean endsInPeace() {
    boolean faultless = faults.equals(FaultRates.NONE)
        || steps.stream().anyMatch(step -> step.step() instanceof Step.FaultsOff);
    Duration last = steps.isEmpty() ? Duration.ZERO : steps.getLast().at();
    return faultless && duration.minus(last).compareTo(PEACE) >= 0;
  }

  /** A step names a service by its name alone, so one name is one service in the whole scenario. */
  private static void refuseTwins(YamlValue place, List<FleetSpec> fleets) {
    Set<String> seen = new HashSet<>();
    for (FleetSpec fleet : fleets) {
      if (!seen.add(fleet.config())) {
        throw place.error("two fleets have the config '" + fleet.config() + "'");
      }
      for (ServiceSpec service : fleet.services()) {
        if (!seen.add(service.name())) {
          throw place.error("two services have the name '" + service.name() + "'");
        }
      }
    }
  }

  private static Node compose(String text, String name) {
    LoadSettings settings = LoadSettings.builder()
        .setLabel(name)
        .setSchema(new CoreSchema())
        .setCodePointLimit(1 << 22)
        .build();
    try {
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new ScenarioError(new Place(name, 1, 1), "the file is empty"));
    } catch (MarkedYamlEngineException bad) {
      Place place = bad.getProblemMark()
          .map(mark -> new Place(name, mark.getLine() + 1, mark.getColumn() + 1))
          .orElse(new Place(name, 1, 1));
      throw new ScenarioError(place, "not YAML: " + bad.getProblem());
    } catch (YamlEngineException bad) {
      throw new ScenarioError(new Place(name, 1, 1), "not YAML");
    }
  }
}
