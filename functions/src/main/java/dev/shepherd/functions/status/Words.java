package dev.shepherd.functions.status;

import dev.shepherd.functions.status.FleetView.Found;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.Held;
import dev.shepherd.shared.rollout.Quarantine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What text and HTML say in the same words. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final int NAMES = 3;
  private static final int DIGITS = 12;

  private Words() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  /** {@code live 1a2b…, before it 3c4d…}. */
  static String live(FleetView fleet) {
    String before = fleet
        .state()
        .flatMap(state -> state.previous())
        .map(hash -> ", before it " + hash)
        .orElse("");
    return fleet.live().map(ConfigHash::toString).orElse("none yet") + before;
  }

  /** {@code version 7 (1a2b…)}, and what it is; absent where it is live. */
  static Optional<String> source(FleetView fleet) {
    if (fleet.source().isEmpty()) {
      return Optional.of("there is no parameter " + fleet.config());
    }
    FleetView.Source source = fleet.source().orElseThrow();
    Optional<ConfigHash> hash = Optional.of(source.hash());
    if (hash.equals(fleet.live())) {
      return Optional.empty();
    }
    boolean candidate = hash.equals(fleet.candidate());
    return Optional.of("version " + source.version() + ", " + source.hash()
        + (candidate ? ", the candidate" : ", is not live"));
  }

  static String phase(FleetView fleet) {
    return fleet.phase()
        + fleet
            .state()
            .filter(_ -> !fleet.phase().equals("idle"))
            .map(state -> " since " + time(state.since()))
            .orElse("");
  }

  static String tasks(FleetView fleet) {
    int services = fleet.services().size() + fleet.moreServices();
    return count(fleet.total()) + " in " + services + (services == 1 ? " service" : " services")
        + (fleet.total().byConfig().isEmpty()
            ? ""
            : "; " + configs(fleet.total().byConfig(), fleet));
  }

  /** {@code 12 of 12 running, 11 well}. */
  static String count(FleetView.Count count) {
    String well = count.running() == count.healthy()
        ? (count.running() == 0 ? "" : ", all well")
        : ", " + count.healthy() + " well";
    return count.running() + " of " + count.desired() + " running" + well;
  }

  /** {@code 9 on 1a2b… (live), 3 on 3c4d…}. */
  static String configs(Map<String, Integer> byConfig, FleetView fleet) {
    return byConfig.entrySet().stream()
        .map(each -> each.getValue() + " on " + config(each.getKey(), fleet))
        .collect(Collectors.joining(", "));
  }

  private static String config(String hash, FleetView fleet) {
    if (hash.equals(ServiceLook.UNKNOWN)) {
      return "an older text";
    }
    return hash
        + (isHash(hash, fleet.live()) ? " (live)" : "")
        + (isHash(hash, fleet.candidate()) ? " (candidate)" : "");
  }

  private static boolean isHash(String text, Optional<ConfigHash> hash) {
    return hash.map(ConfigHash::toString).filter(text::equals).isPresent();
  }

  /** {@code Hold STORM, 12 collectors (prod/a, prod/b): …}. */
  static String repair(FleetView.Repair repair) {
    return repair.decision() + " " + repair.cause() + ", " + repair.collectors()
        + (repair.collectors() == 1 ? " collector" : " collectors")
        + " (" + some(repair.services().stream().map(ServiceName::toString).toList()) + "): "
        + repair.reason();
  }

  static String extra(ExtraTask extra) {
    return extra.kind().name().toLowerCase(Locale.ROOT) + " "
        + task(extra.task().id()) + " of "
        + extra.service() + " on " + extra.config()
        + (extra.task().running() ? "" : ", starting")
        + (extra.draining() ? ", draining" : "");
  }

  /** As much of a task's id as tells it from others. */
  static String task(String id) {
    return id.length() > DIGITS ? id.substring(0, DIGITS) : id;
  }

  static String registry(RegistryView view) {
    return view.id() + ": " + view.expected() + " tasks, " + view.listed() + " instances"
        + named("; missing ", view.missing())
        + named("; stale ", view.stale())
        + (view.foreign() == 0 ? "" : "; " + view.foreign() + " of somebody else");
  }

  private static String named(String what, List<String> ids) {
    return ids.isEmpty()
        ? ""
        : what + ids.size() + " (" + some(ids.stream().map(Words::task).toList()) + ")";
  }

  static String held(Held held) {
    return held.reason() + " (since " + time(held.since()) + ", tries again at "
        + time(held.until()) + ")";
  }

  static String quarantined(Quarantine failed) {
    return failed.hash() + " on " + failed.binary() + ": " + failed.reason();
  }

  static String finding(Found found) {
    String path = found.finding().path().isEmpty() ? "" : " " + found.finding().path();
    return found.finding().severity().name().toLowerCase(Locale.ROOT) + " "
        + found.finding().line() + ":" + found.finding().column() + " "
        + found.finding().rule()
        + path + ": " + found.finding().message()
        + (found.services().isEmpty()
            ? ""
            : " (" + some(found.services().stream().map(ServiceName::toString).toList()) + ")");
  }

  static String some(Collection<String> names) {
    int more = names.size() - NAMES;
    return names.stream().limit(NAMES).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
