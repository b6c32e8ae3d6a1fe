package dev.shepherd.local.world;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * A small AWS: one account, one region, one virtual clock. All that is left to chance comes from
 * the seed, so that two worlds with one seed and the same acts are equal. Not for two threads at
 * once.
 */
public final class World {
  private final VirtualClock clock;
  private final EventBus events;
  private final ParameterStore parameters;
  private final CloudMap cloudMap;
  private final Ecs ecs;
  private final Sight sight;
  private final Alarms alarms;

  public World(long seed, Instant start) {
    SplittableRandom random = new SplittableRandom(seed);
    clock = new VirtualClock(start);
    events = new EventBus(clock);
    parameters = new ParameterStore(clock, events);
    sight = new Sight(clock);
    cloudMap = new CloudMap(clock, new Ids(random.split()), sight);
    alarms = new Alarms(clock);
    ecs = new Ecs(clock, events, random.split(), parameters, cloudMap, sight);
  }

  public VirtualClock clock() {
    return clock;
  }

  public EventBus events() {
    return events;
  }

  public ParameterStore parameters() {
    return parameters;
  }

  public CloudMap cloudMap() {
    return cloudMap;
  }

  /** How far back those look who read ECS and Cloud Map. */
  public Sight sight() {
    return sight;
  }

  public Alarms alarms() {
    return alarms;
  }

  public Ecs ecs() {
    return ecs;
  }
}
