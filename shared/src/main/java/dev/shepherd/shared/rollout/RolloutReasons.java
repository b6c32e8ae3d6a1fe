package dev.shepherd.shared.rollout;

import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.Severity;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RolloutDecision.Order;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The longer reasons of {@link RolloutPlanner}, in one wording for log, event and state. */
final class RolloutReasons {
  private static final int FINDINGS_SHOWN = 5;

  private RolloutReasons() {}

  /** Every error's place and rule, without the config's values. */
  static String refused(ConfigVersion source) {
    List<Finding> errors = source.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .toList();
    int more = errors.size() - FINDINGS_SHOWN;
    return source + " is refused: "
        + errors.stream()
            .limit(FINDINGS_SHOWN)
            .map(RolloutReasons::line)
            .collect(Collectors.joining("; "))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private static String line(Finding finding) {
    return finding.line() + ":" + finding.column() + " " + finding.rule() + ": "
        + finding.message();
  }

  /**
   * The policy statement that lets a role read the fleet's snapshots; where the text is encrypted
   * under a key of one's own, that key as well.
   */
  static String grant(FleetName fleet, String role) {
    String account = role.matches("arn:[^:]+:iam::[0-9]{12}:.+") ? role.split(":", -1)[4] : "*";
    return "allow " + role + " to read it: {\"Effect\":\"Allow\",\"Action\":\"ssm:GetParameters\","
        + "\"Resource\":\"arn:*:ssm:*:" + account + ":parameter/shepherd/*/" + fleet
        + "/revisions/*\"} (and kms:Decrypt for a key of your own)";
  }

  static String begun(List<Order> orders, RolloutSnapshot snapshot, RolloutState state) {
    return switch (state.phase()) {
      case WAVES -> names(orders) + " to " + state.live();
      case BACK -> names(orders) + " back to " + state.live();
      case IDLE, PIN, PROBE, CANARY, BAKE -> {
        Set<ServiceName> byName = snapshot.services().stream()
            .filter(Drift::isByName)
            .map(ServiceState::name)
            .collect(Collectors.toSet());
        List<Order> pinned =
            orders.stream().filter(order -> byName.contains(order.service())).toList();
        List<Order> repaired =
            orders.stream().filter(order -> !byName.contains(order.service())).toList();
        String first = names(pinned) + " by name while the source is not live: pinned to live ";
        String second = names(repaired) + " on another config: back to live ";
        yield (pinned.isEmpty() ? "" : first + state.live())
            + (pinned.isEmpty() || repaired.isEmpty() ? "" : "; ")
            + (repaired.isEmpty() ? "" : second + state.live());
      }
    };
  }

  private static String names(List<Order> orders) {
    return orders.stream()
        .map(order -> order.service().toString())
        .collect(Collectors.joining(", "));
  }

  static String quiet(Drift drift) {
    RolloutSnapshot snapshot = drift.snapshot();
    RolloutState state = drift.state();
    ConfigReference live = new ConfigReference.Pinned(snapshot.fleet(), state.live());
    long elsewhere = snapshot.services().stream()
        .filter(service -> !service.definition().collectors().stream()
            .map(Collector::reference)
            .allMatch(own -> own.equals(live) || own instanceof ConfigReference.Current))
        .count();
    int all = snapshot.services().size();
    return all - elsewhere + " of " + all + " services run live " + state.live()
        + drift.all()
        + state
            .rejected()
            .map(refused -> "; version " + refused.version() + " stays refused")
            .orElse("")
        + snapshot
            .source()
            .map(ConfigVersion::hash)
            .map(hash -> quarantined(hash, state))
            .orElse("")
        + PolicyTags.text(snapshot.tags());
  }

  private static String quarantined(ConfigHash hash, RolloutState state) {
    return state.quarantined().stream()
        .filter(failed -> failed.hash().equals(hash))
        .map(failed -> "; the config's text is in quarantine (" + hash + "): " + failed.reason())
        .findFirst()
        .orElse("");
  }
}
