package dev.shepherd.functions.status;

import dev.shepherd.functions.status.FleetView.Found;
import dev.shepherd.shared.fleet.DeploymentState;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.rollout.ExtraTask;
import dev.shepherd.shared.rollout.Held;
import dev.shepherd.shared.rollout.Quarantine;
import dev.shepherd.shared.rollout.Rejection;
import dev.shepherd.shared.rollout.RolloutState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The status for programs; members that tell of nothing are left out or empty. */
final class StatusJson {
  private static final int FINDINGS = 50;
  private static final int NAMES = 20;

  private StatusJson() {}

  static Map<String, Object> of(StatusView view) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("now", view.now());
    json.put("fleets", list(view.fleets(), StatusJson::fleet));
    json.put("moreFleets", view.moreFleets());
    json.put(
        "failures",
        list(view.failures(), each -> object("subject", each.subject(), "reason", each.reason())));
    return json;
  }

  private static Map<String, Object> fleet(FleetView fleet) {
    Map<String, Object> json = new LinkedHashMap<>();
    Optional<RolloutState> state = fleet.state();
    json.put("config", fleet.config());
    json.put(
        "source",
        fleet.source().map(each -> object("version", each.version(), "hash", each.hash())));
    json.put("live", fleet.live());
    json.put("candidate", fleet.candidate());
    json.put("previous", state.flatMap(RolloutState::previous));
    json.put("phase", fleet.phase());
    json.put("since", state.map(RolloutState::since));
    json.put(
        "next",
        fleet.next().map(each -> object("decision", each.decision(), "reason", each.reason())));
    json.put("paused", fleet.paused());
    json.put("held", state.flatMap(RolloutState::held).map(StatusJson::held));
    json.put("rejected", state.flatMap(RolloutState::rejected).map(StatusJson::rejected));
    json.put(
        "quarantined",
        list(state.map(RolloutState::quarantined).orElse(List.of()), StatusJson::quarantined));
    count(json, fleet.total());
    json.put("services", list(fleet.services(), StatusJson::service));
    json.put("moreServices", fleet.moreServices());
    json.put("replacements", list(fleet.repairs(), StatusJson::repair));
    json.put("extras", list(fleet.extras(), StatusJson::extra));
    json.put("registrations", list(fleet.registries(), StatusJson::registry));
    json.put("findings", list(some(fleet.findings(), FINDINGS), StatusJson::finding));
    json.put("moreFindings", more(fleet.findings().size(), FINDINGS));
    return json;
  }

  private static Map<String, Object> held(Held held) {
    Map<String, Object> json = object("reason", held.reason(), "since", held.since());
    json.put("until", held.until());
    json.put("tries", held.tries());
    return json;
  }

  private static Map<String, Object> rejected(Rejection refused) {
    Map<String, Object> json = object("hash", refused.hash(), "version", refused.version());
    json.put("reason", refused.reason());
    return json;
  }

  private static Map<String, Object> quarantined(Quarantine failed) {
    Map<String, Object> json = object("hash", failed.hash(), "image", failed.binary());
    json.put("reason", failed.reason());
    return json;
  }

  private static void count(Map<String, Object> json, FleetView.Count count) {
    json.put("desired", count.desired());
    json.put("running", count.running());
    json.put("healthy", count.healthy());
    json.put("byConfig", count.byConfig());
  }

  private static Map<String, Object> service(ServiceView view) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", view.name().service());
    json.put("cluster", view.name().cluster());
    json.put("pattern", view.pattern());
    json.put("owner", view.service().owner().name().toLowerCase(Locale.ROOT));
    json.put("reference", view.reference());
    json.put("onLive", view.isOnLive());
    json.put("read", view.whole());
    count(json, view.count());
    json.put(
        "unhealthy", list(view.sick(), sick -> object("task", sick.id(), "what", sick.what())));
    json.put("moreUnhealthy", view.moreSick());
    json.put("deployments", list(view.service().deployments(), StatusJson::deployment));
    return json;
  }

  private static Map<String, Object> deployment(DeploymentState deployment) {
    Map<String, Object> json = object(
        "status", deployment.primary() ? "PRIMARY" : "ACTIVE", "since", deployment.createdAt());
    json.put("taskDefinition", ServiceView.shortName(deployment.taskDefinition()));
    json.put("rolloutState", deployment.progress());
    return json;
  }

  private static Map<String, Object> repair(FleetView.Repair repair) {
    Map<String, Object> json = object("decision", repair.decision(), "cause", repair.cause());
    json.put("collectors", repair.collectors());
    json.put("services", some(repair.services(), NAMES));
    json.put("moreServices", more(repair.services().size(), NAMES));
    json.put("reason", repair.reason());
    return json;
  }

  private static Map<String, Object> extra(ExtraTask extra) {
    Map<String, Object> json = object(
        "kind",
        extra.kind().name().toLowerCase(Locale.ROOT),
        "service",
        extra.service().toString());
    json.put("task", extra.task().id());
    json.put("config", extra.config());
    json.put("running", extra.task().running());
    json.put("draining", extra.draining());
    return json;
  }

  private static Map<String, Object> registry(RegistryView view) {
    Map<String, Object> json = object("cloudMapService", view.id(), "expected", view.expected());
    json.put("listed", view.listed());
    json.put("missing", some(view.missing(), NAMES));
    json.put("moreMissing", more(view.missing().size(), NAMES));
    json.put("stale", some(view.stale(), NAMES));
    json.put("moreStale", more(view.stale().size(), NAMES));
    json.put("foreign", view.foreign());
    return json;
  }

  private static Map<String, Object> finding(Found found) {
    Map<String, Object> json = object(
        "severity",
        found.finding().severity().name().toLowerCase(Locale.ROOT),
        "rule",
        found.finding().rule());
    json.put("path", found.finding().path());
    json.put("line", found.finding().line());
    json.put("column", found.finding().column());
    json.put("message", found.finding().message());
    List<ServiceName> services = List.copyOf(found.services());
    json.put("services", some(services, NAMES));
    json.put("moreServices", more(services.size(), NAMES));
    return json;
  }

  private static Map<String, Object> object(String one, Object first, String other, Object second) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(one, first);
    json.put(other, second);
    return json;
  }

  private static <T> List<Object> list(List<T> items, Function<T, Object> json) {
    return items.stream().map(json).toList();
  }

  private static <T> List<T> some(List<T> all, int most) {
    return all.subList(0, Math.min(most, all.size()));
  }

  private static int more(int all, int most) {
    return Math.max(0, all - most);
  }
}
