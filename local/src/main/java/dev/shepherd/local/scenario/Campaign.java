package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;

/** Plays scenarios that are drawn from seeds, and makes those that fail smaller. */
public final class Campaign {
  private final Path template;
  private final Instant start;
  private final Controller controller;
  private final ScenarioGenerator generator;

  /** @throws IOException when the template cannot be read */
  public Campaign(Path template, Instant start, Controller controller) throws IOException {
    this.template = template;
    this.start = start;
    this.controller = controller;
    generator = new ScenarioGenerator(Template.parameterNames(template));
  }

  /** The scenario of a seed. */
  public ObjectNode scenario(long seed) {
    return generator.draw(seed);
  }

  /** Plays it until every fleet has come to rest, or to its end. */
  public Report play(ObjectNode scenario) {
    return simulation(scenario).runToRest();
  }

  /** A run of it that has not begun. */
  public Simulation simulation(ObjectNode scenario) {
    Scenario read = ScenarioText.read(scenario, "random");
    try {
      return new Simulation(read, template, start, controller);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** A smaller scenario that fails as this one does. */
  public ObjectNode shrink(ObjectNode failing) {
    return new Shrinking(this::play).of(failing);
  }
}
