package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.ServiceState.Owner;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Services that do not run live, and what the operator's policy has done about them:
 *
 * <ol>
 *   <li>a snapshot in quarantine is left running nowhere, whatever the policy says;
 *   <li>by name, with {@link PinByName#NEVER}: left alone;
 *   <li>pinned by somebody to a snapshot that is neither live nor, while services go from it to
 *       live, the one before: with {@link DriftRepair#NEVER} left there, with
 *       {@link DriftRepair#NOW} brought to live while nothing else is under way, else with the next
 *       rollout.
 * </ol>
 *
 * <p>Somebody is who registered the revision, where that was not Shepherd, or who went back to a
 * revision of Shepherd's that pins a completed config. What Shepherd itself pinned to a config that
 * was superseded half-way is no drift.
 */
record Drift(RolloutSnapshot snapshot, RolloutState state, RolloutLimits limits) {
  private static final int SHOWN = 3;

  /** Whether nothing may be done to a service, by policy. */
  boolean isLeft(ServiceState service) {
    boolean byName = limits.pinByName() == PinByName.NEVER && isByName(service);
    boolean pinned = limits.driftRepair() == DriftRepair.NEVER && isPinnedBySomebody(service);
    return (byName || pinned) && !isQuarantined(service);
  }

  /** Whether it is pinned to what is in quarantine, on whatever binary. */
  boolean isQuarantined(ServiceState service) {
    return anyPin(service, hash -> state.isQuarantined(hash, _ -> true));
  }

  /** Whether it runs a candidate that is not tried yet, and so would try it beside the canaries. */
  boolean isAhead(ServiceState service) {
    boolean left = limits.driftRepair() == DriftRepair.NEVER
        && service.definition().madeFrom().isEmpty();
    return state.phase() == RolloutState.Phase.PIN
        && !left
        && anyPin(
            service,
            hash -> state.candidate().filter(hash::equals).isPresent()
                && !hash.equals(state.live())
                && !state.completed().contains(hash));
  }

  /** Whether a service goes to live without a rollout. */
  boolean isRepairedNow(ServiceState service) {
    return limits.driftRepair() == DriftRepair.NOW
        && state.phase() == RolloutState.Phase.IDLE
        && anyPin(service, hash -> !hash.equals(state.live()));
  }

  static boolean isByName(ServiceState service) {
    return references(service).anyMatch(ConfigReference.ByName.class::isInstance);
  }

  private boolean isPinnedBySomebody(ServiceState service) {
    boolean ours = service.definition().madeFrom().isPresent();
    return anyPin(
        service, hash -> !isExpected(hash) && (!ours || state.completed().contains(hash)));
  }

  private boolean isExpected(ConfigHash hash) {
    boolean rolling = state.phase() == RolloutState.Phase.WAVES;
    boolean tried = state.phase().isBeforePromotion()
        && state.candidate().filter(hash::equals).isPresent();
    return hash.equals(state.live())
        || tried
        || (rolling && state.previous().filter(hash::equals).isPresent());
  }

  private static boolean anyPin(ServiceState service, Predicate<ConfigHash> which) {
    return references(service)
        .anyMatch(reference ->
            reference instanceof ConfigReference.Pinned pinned && which.test(pinned.hash()));
  }

  private static Stream<ConfigReference> references(ServiceState service) {
    return service.definition().collectors().stream().map(Collector::reference);
  }

  /** Which services do not run live, for people; empty where all do. */
  String all() {
    List<ServiceState> elsewhere = snapshot.services().stream()
        .filter(service -> isByName(service) || anyPin(service, hash -> !hash.equals(state.live())))
        .toList();
    return said(elsewhere.stream().filter(Drift::isByName), "by name (split-fleet risk)")
        + said(
            elsewhere.stream().filter(service -> !isByName(service)), "on another config (drift)");
  }

  /** Which services a rollout leaves where they are, for people; empty where there is none. */
  String left() {
    return said(
        snapshot.services().stream()
            .filter(service -> service.owner() == Owner.SHEPHERD)
            .filter(this::isLeft),
        "left as they are");
  }

  private String said(Stream<ServiceState> services, String what) {
    List<String> each = services.map(this::standing).toList();
    int more = each.size() - SHOWN;
    return each.isEmpty()
        ? ""
        : "; " + what + ": " + each.stream().limit(SHOWN).collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more" : "");
  }

  private String standing(ServiceState service) {
    String configs = references(service)
        .map(reference -> switch (reference) {
          case ConfigReference.Pinned pinned -> " on " + pinned.hash();
          case ConfigReference.ByName _ -> " by name";
          case ConfigReference.Current _ -> " on current";
        })
        .distinct()
        .collect(Collectors.joining(" and"));
    String why = switch (service.owner()) {
      case TAGGED_OUT -> ", shepherd:managed=false";
      case OTHER_CONTROLLER -> ", another controller's";
      case SHEPHERD ->
        !isLeft(service) ? "" : isByName(service) ? ", pinByName=never" : ", driftRepair=never";
    };
    return service.name() + configs + why;
  }
}
