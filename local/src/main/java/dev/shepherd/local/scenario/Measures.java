package dev.shepherd.local.scenario;

import dev.shepherd.local.world.VirtualClock;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldContainer;
import dev.shepherd.local.world.WorldTask;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures a run by looking at the world every ten seconds: what it sees then holds that long. */
final class Measures {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private static final class OfFleet {
    private final Set<String> promoted = new HashSet<>();
    private double shareOnUnpromoted;
    private double maxShareOnUnpromoted;
  }

  private final World world;
  private final Standings standings;
  private final List<FleetSpec> fleets;
  private final Map<String, OfFleet> byConfig = new HashMap<>();
  private final Gaps gaps = new Gaps();
  private Optional<Instant> convergedSince = Optional.empty();
  private long onBadConfig;
  private long withoutCollector;
  private long unavailable;

  Measures(World world, Standings standings, List<FleetSpec> fleets) {
    this.world = world;
    this.standings = standings;
    this.fleets = fleets;
    fleets.forEach(fleet -> byConfig.put(fleet.config(), new OfFleet()));
  }

  /** Looks from now on. */
  void start(VirtualClock clock) {
    clock.after(EVERY, () -> {
      look(clock.instant());
      start(clock);
    });
  }

  private void look(Instant now) {
    for (FleetSpec fleet : fleets) {
      List<WorldTask> tasks = standings.tasks(fleet);
      tasks.forEach(this::count);
      gaps.look(tasks);
      share(fleet, tasks);
    }
    unavailable += gaps.open();
    boolean converged = standings.converged(fleets);
    convergedSince = converged ? convergedSince.or(() -> Optional.of(now)) : Optional.empty();
  }

  private void count(WorldTask task) {
    if (!task.isRunning()) {
      return;
    }
    Optional<WorldContainer> collector = task.container(Blueprint.COLLECTOR);
    onBadConfig += collector.filter(world.ecs()::misbehaves).isPresent() ? 1 : 0;
    boolean well = collector.filter(WorldContainer::isWell).isPresent();
    withoutCollector += task.service().isPresent() && task.isServing() && !well ? 1 : 0;
  }

  /** A task on a config that never was live counts as one on a candidate. */
  private void share(FleetSpec fleet, List<WorldTask> tasks) {
    Optional<OfFleet> measured = Optional.ofNullable(byConfig.get(fleet.config()));
    Optional<String> promoted = standings.promoted(fleet);
    if (measured.isEmpty() || promoted.isEmpty()) {
      return;
    }
    OfFleet seen = measured.get();
    seen.promoted.add(promoted.get());
    Map<String, Integer> unpromoted = new HashMap<>();
    int all = 0;
    for (WorldTask task : tasks) {
      if (task.isWanted()) {
        all++;
        standings
            .reads()
            .readBy(task)
            .filter(hash -> !seen.promoted.contains(hash))
            .ifPresent(hash -> unpromoted.merge(hash, 1, Integer::sum));
      }
    }
    int most = unpromoted.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    seen.shareOnUnpromoted = most == 0 ? 0 : (double) most / all;
    seen.maxShareOnUnpromoted = Math.max(seen.maxShareOnUnpromoted, seen.shareOnUnpromoted);
  }

  /** A function has stopped this task. */
  void stopped(String taskArn) {
    gaps.stopped(taskArn);
  }

  /** Since when every fleet has stood as it should; empty where one does not. */
  Optional<Instant> convergedSince() {
    return convergedSince;
  }

  /** What the last look saw of it. */
  double shareOnUnpromoted(FleetSpec fleet) {
    OfFleet measured = byConfig.get(fleet.config());
    return measured == null ? 0 : measured.shareOnUnpromoted;
  }

  double maxShareOnUnpromoted(FleetSpec fleet) {
    OfFleet measured = byConfig.get(fleet.config());
    return measured == null ? 0 : measured.maxShareOnUnpromoted;
  }

  TaskMinutes taskMinutes() {
    return new TaskMinutes(minutes(onBadConfig), minutes(withoutCollector), minutes(unavailable));
  }

  private static double minutes(long looks) {
    return Math.round(looks * EVERY.toSeconds() / 0.6) / 100.0;
  }
}
