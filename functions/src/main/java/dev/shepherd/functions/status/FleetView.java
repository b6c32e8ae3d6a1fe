package dev.shepherd.functions.status;

import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.RolloutState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One fleet.
 *
 * @param config the parameter that operators edit
 * @param source which text stands in it; absent when it was deleted
 * @param state what the rollout remembers; absent before it has seen the fleet
 * @param next what ConfigRollout would do now: what it waits for
 * @param total of all its services, also of those that are left out
 * @param services sorted by name; the worst first where some are left out
 * @param moreServices how many services are left out
 * @param repairs what TaskReplacement would do now about the sick collectors, or waits for
 * @param extras probes and canaries
 * @param findings of the newest text, with the definitions that are to run it
 */
record FleetView(
    String config,
    Optional<Source> source,
    Optional<RolloutState> state,
    Optional<Next> next,
    boolean paused,
    Count total,
    List<ServiceView> services,
    int moreServices,
    List<Repair> repairs,
    List<ExtraTask> extras,
    List<RegistryView> registries,
    List<Found> findings) {
  /** A text by its version and hash. */
  record Source(long version, ConfigHash hash) {}

  /** A decision by its name, and why. */
  record Next(String decision, String reason) {}

  /** A finding, and the services to which it applies. */
  record Found(Finding finding, Set<ServiceName> services) {}

  /**
   * What TaskReplacement would do about sick collectors, and why.
   *
   * @param decision {@code Hold}, {@code Replace}, {@code Restart} or {@code Wait}
   * @param cause the cause, or the guard that waits
   * @param collectors how many of them it concerns
   */
  record Repair(
      String decision, String cause, int collectors, List<ServiceName> services, String reason) {
    Repair {
      services = List.copyOf(services);
    }

    /** Both, in the words of the first. */
    Repair and(Repair more) {
      List<ServiceName> both = new ArrayList<>(services);
      both.addAll(more.services);
      return new Repair(decision, cause, collectors + more.collectors, both, reason);
    }
  }

  FleetView {
    services = List.copyOf(services);
    repairs = List.copyOf(repairs);
    extras = List.copyOf(extras);
    registries = List.copyOf(registries);
    findings = List.copyOf(findings);
  }

  /** Where its rollout is, as the state parameter writes it. */
  String phase() {
    return state.map(known -> known.phase().name().toLowerCase(Locale.ROOT)).orElse("unseen");
  }

  Optional<ConfigHash> live() {
    return state.map(RolloutState::live);
  }

  /** The hash on its way; live itself is none any more. */
  Optional<ConfigHash> candidate() {
    return state
        .flatMap(RolloutState::candidate)
        .filter(hash -> !Optional.of(hash).equals(live()));
  }

  boolean isHeld() {
    return state.flatMap(RolloutState::held).isPresent();
  }

  boolean isRejected() {
    return state.flatMap(RolloutState::rejected).isPresent();
  }

  /** Whether nothing is under way, and nothing is for anybody to worry about. */
  boolean isQuiet() {
    return phase().equals("idle")
        && !isHeld()
        && !isRejected()
        && !paused
        && source.isPresent()
        && total.isWell()
        && services.stream().noneMatch(ServiceView::needsLook)
        && registries.stream().allMatch(RegistryView::isExact);
  }

  /** The same with so many services at most: where some are left out, the worst come first. */
  FleetView upTo(int most) {
    List<ServiceView> shown = services.size() <= most
        ? services
        : services.stream()
            .sorted(Comparator.comparingInt(
                (ServiceView service) -> Mark.of(service).urgency()))
            .limit(most)
            .toList();
    return new FleetView(
        config,
        source,
        state,
        next,
        paused,
        total,
        shown,
        moreServices + services.size() - shown.size(),
        repairs,
        extras,
        registries,
        findings);
  }

  /**
   * Tasks.
   *
   * @param byConfig those that run, by the hash that they read
   */
  record Count(int desired, int running, int healthy, TreeMap<String, Integer> byConfig) {
    static Count of(List<ServiceView> services) {
      Count sum = new Count(0, 0, 0, new TreeMap<>());
      for (ServiceView service : services) {
        sum = sum.plus(service.count());
      }
      return sum;
    }

    private Count plus(Count more) {
      TreeMap<String, Integer> both = new TreeMap<>(byConfig);
      more.byConfig.forEach((hash, tasks) -> both.merge(hash, tasks, Integer::sum));
      return new Count(
          desired + more.desired, running + more.running, healthy + more.healthy, both);
    }

    /** As many as should, and all of them well. */
    boolean isWell() {
      return running >= desired && healthy == running;
    }
  }
}
