package dev.shepherd.functions.status;

import dev.shepherd.functions.status.FleetView.Found;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.Held;
import dev.shepherd.shared.rollout.Quarantine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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

  /** What is to be said of a service beside its counts. */
  static List<String> notes(ServiceView service) {
    List<String> notes = new ArrayList<>();
    if (!service.whole()) {
      notes.add("its tasks could not be read");
    }
    if (service.reference().contains("by name")) {
      notes.add("by name: split-fleet risk");
    } else if (!service.isOnLive()) {
      notes.add("not on live");
    }
    if (service.reference().contains("current")) {
      notes.add("redeploy mode: ECS's own rollback brings no old text back");
    }
    switch (service.service().owner()) {
      case TAGGED_OUT -> notes.add("left alone: shepherd:managed=false");
      case OTHER_CONTROLLER -> notes.add("report only: another deployment controller");
      case SHEPHERD -> {}
    }
    for (DeploymentState each : service.service().deployments()) {
      switch (each.progress()) {
        case IN_PROGRESS -> notes.add("deploying since " + time(each.createdAt()));
        case FAILED -> notes.add("a deployment failed");
        case COMPLETED -> {}
      }
    }
    return notes.stream().distinct().toList();
  }

  /** {@code Hold STORM, 12 collectors (prod/a, prod/b): …}. */
  static String repair(FleetView.Repair repair) {
    return repair.decision() + " " + repair.cause() + ", " + repair.collectors()
        + (repair.collectors() == 1 ? " collector" : " collectors")
        + " (" + some(repair.services().stream().map(ServiceName::toString).toList()) + "): "
        + repair.reason();
  }

  /** Its sick collectors, one line for each way of being sick. */
  static List<String> sick(ServiceView service) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    service
        .sick()
        .forEach(each ->
            alike.computeIfAbsent(each.what(), _ -> new ArrayList<>()).add(task(each.id())));
    List<String> lines = new ArrayList<>();
    alike.forEach((what, tasks) -> lines.add(
        (tasks.size() == 1 ? "task " : tasks.size() + " tasks ") + some(tasks) + ": " + what));
    if (service.moreSick() > 0) {
      lines.add("and " + service.moreSick() + " more");
    }
    return lines;
  }

  /** {@code gateway:12}. */
  static String revision(ServiceState service) {
    return ServiceView.shortName(service.definition().arn());
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

  private static String some(Collection<String> names) {
    int more = names.size() - NAMES;
    return names.stream().limit(NAMES).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
