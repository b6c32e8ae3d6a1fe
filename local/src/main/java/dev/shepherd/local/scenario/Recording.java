package dev.shepherd.local.scenario;

import dev.shepherd.local.world.VirtualClock;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the fleets of a run stood over time, for its page: it looks every ten seconds, as the
 * report's measures do, and keeps what differs, at most {@value #MOST} samples of a fleet. It reads
 * the world alone, so that a run with it and one without it come to the same report.
 */
public final class Recording {
  static final Duration EVERY = Duration.ofSeconds(10);
  private static final int MOST = 2_000;

  private final World world;
  private final Scenario scenario;
  private final Standings standings;
  private final Measures measures;
  private final Instant start;
  private final List<FleetTrack> tracks;

  Recording(World world, Scenario scenario, Standings standings, Measures measures) {
    this.world = world;
    this.scenario = scenario;
    this.standings = standings;
    this.measures = measures;
    start = world.clock().instant();
    tracks =
        scenario.fleets().stream().map(fleet -> new FleetTrack(fleet, MOST)).toList();
  }

  /** Looks now and from now on. */
  void start(VirtualClock clock) {
    tracks.forEach(track -> look(track, clock.instant()));
    clock.after(EVERY, () -> start(clock));
  }

  private void look(FleetTrack track, Instant now) {
    FleetSpec fleet = track.fleet();
    List<WorldTask> tasks = standings.tasks(fleet);
    List<WorldTask> extras = tasks.stream()
        .filter(task -> task.isRunning() && task.service().isEmpty())
        .toList();
    SortedMap<String, Integer> byConfig = standings.reads().count(extras);
    int desired = 0;
    int healthy = 0;
    int registered = 0;
    int misregistered = 0;
    for (ServiceSpec spec : fleet.services()) {
      Optional<WorldService> found = standings.find(spec);
      if (found.isEmpty()) {
        continue;
      }
      ServiceReport service = standings.of(found.get());
      Registrations.Shown shown = standings.shown(found.get(), extras);
      service.byConfig().forEach((hash, count) -> byConfig.merge(hash, count, Integer::sum));
      desired += service.desired();
      healthy += service.healthy();
      registered += shown.instances();
      misregistered += shown.wrong();
    }
    track.add(new FleetSample(
        Duration.between(start, now),
        byConfig,
        desired,
        healthy,
        extras.size(),
        measures.shareOnUnpromoted(fleet),
        registered,
        misregistered));
    tasks.stream()
        .filter(this::misbehaves)
        .forEach(task -> standings.reads().readBy(task).ifPresent(track::bad));
  }

  private boolean misbehaves(WorldTask task) {
    return task.container(Blueprint.COLLECTOR).filter(world.ecs()::misbehaves).isPresent();
  }

  List<FleetTrack> tracks() {
    return tracks;
  }

  /** Until when it goes. */
  Duration length() {
    return Duration.between(start, world.clock().instant());
  }

  /** What a fleet's texts are called, by their hash: files, or when they are written. */
  Map<String, String> names(FleetSpec fleet) {
    Map<String, String> names = new TreeMap<>();
    names.put(hash(fleet, fleet.text()), "first text");
    for (PlannedStep planned : scenario.steps()) {
      if (planned.step() instanceof Step.Put put && put.parameter().equals(fleet.config())) {
        String label = put.label().equals("text")
            ? "edit of " + ReportText.time(planned.at())
            : put.label().substring(put.label().lastIndexOf('/') + 1);
        names.putIfAbsent(hash(fleet, put.text()), label);
      }
    }
    return names;
  }

  private String hash(FleetSpec fleet, String text) {
    return ConfigReads.hash(world.parameters(), fleet.config(), text);
  }
}
