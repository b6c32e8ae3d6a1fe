package dev.shepherd.local.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.CloudMap;
import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.ParameterVersion;
import dev.shepherd.local.world.StoredParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes the timeline from what anyone outside can see: events on the bus, the functions' log
 * lines, the functions' calls that change something.
 */
// Over 200 lines: what each kind of thing that happens becomes in the timeline.
final class Observer implements CallHook {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES = Set.of(
      "RegisterTaskDefinition",
      "DeregisterTaskDefinition",
      "UpdateService",
      "RunTask",
      "StopTask",
      "TagResource",
      "UntagResource",
      "RegisterInstance",
      "DeregisterInstance",
      "UpdateInstanceCustomHealthStatus");

  private final Timeline timeline;
  private final Set<String> configs;
  private final ParameterStore parameters;
  private final CallText calls;
  private final Supplier<Optional<Caller>> caller;

  /** Each function's newest call, if it stopped a task. */
  private final Map<String, Stop> stops = new HashMap<>();

  private record Stop(Caller run, ObjectNode request) {}

  /**
   * @param configs the parameters whose changes are worth an entry, beside those below the usual
   *     prefix
   * @param caller the run that makes the call of this moment
   */
  Observer(
      Timeline timeline,
      List<String> configs,
      ParameterStore parameters,
      CloudMap cloudMap,
      Supplier<Optional<Caller>> caller) {
    this.timeline = timeline;
    this.configs = Set.copyOf(configs);
    this.parameters = parameters;
    calls = new CallText(cloudMap);
    this.caller = caller;
  }

  /** An event on the bus, seen at its source: what a rule or a queue makes of it comes later. */
  void event(ObjectNode event) {
    JsonNode detail = event.path("detail");
    String type = event.path("detail-type").asText();
    switch (type) {
      case "Parameter Store Change" -> {
        String name = detail.path("name").asText();
        if (name.startsWith(ConfigReads.PREFIX) || configs.contains(name)) {
          timeline.event(name, type + ": " + detail.path("operation").asText(), sameness(name));
        }
      }
      case "ECS Deployment State Change" -> deployment(event, detail);
      default -> {
        if (event.path("source").asText().equals("shepherd") && !isOldFailure(detail)) {
          timeline.event(about(detail), type);
        }
      }
    }
  }

  private static String about(JsonNode detail) {
    return detail
        .path("fleet")
        .asText(detail.path("subject").asText(detail.path("service").asText()));
  }

  /** What fails says so every minute. */
  private boolean isOldFailure(JsonNode detail) {
    return timeline
        .newest(detail.path("function").asText(), about(detail))
        .filter(Said::isFailure)
        .filter(said -> said.reason().equals(detail.path("reason").asText()))
        .isPresent();
  }

  /** Why an edit of a config moves nothing, if it says the same as before. */
  private String sameness(String config) {
    List<ParameterVersion> history =
        parameters.find(config).map(StoredParameter::history).orElse(List.of());
    if (history.size() < 2) {
      return "";
    }
    ParameterVersion newest = history.getLast();
    ParameterVersion before = history.get(history.size() - 2);
    String hash = ConfigReads.hash(newest);
    if (!hash.equals(ConfigReads.hash(before))) {
      return "";
    }
    String what = newest.text().equals(before.text())
        ? "the same text again"
        : "only comments, spacing or the order of keys changed";
    return what + ", the hash stays " + hash;
  }

  private void deployment(ObjectNode event, JsonNode detail) {
    String name = detail.path("eventName").asText();
    boolean failed = name.equals("SERVICE_DEPLOYMENT_FAILED");
    timeline.event(service(event), failed ? name + ": " + detail.path("reason").asText() : name);
  }

  private static String service(ObjectNode event) {
    String arn = event.path("resources").path(0).asText();
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** A function's run has ended: its log tells what it decided. */
  void ended(Invocation invocation) {
    timeline.ran(invocation.function(), invocation.begun());
    for (String line : invocation.log()) {
      JsonNode json = parse(line);
      if (json.has("decision")) {
        timeline.decision(
            invocation.begun(),
            json.path("function").asText(invocation.function()),
            json.path("fleet").asText(json.path("service").asText()),
            json.path("decision").asText(),
            json.path("reason").asText());
      }
    }
    invocation
        .failure()
        .ifPresent(why -> timeline.world(invocation.function(), "", "the run failed: " + why));
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void after(String operation, ObjectNode request) {
    String function = caller.get().map(Caller::function).orElse("");
    String name = operation.substring(operation.indexOf(':') + 1);
    if (isSentAgain(name, request)) {
      return;
    }
    if (name.equals("PutParameter")) {
      parameter(function, request);
    } else if (WRITES.contains(name)) {
      timeline.action(function, calls.subject(request), name + CallText.what(name, request));
    }
  }

  /**
   * A StopTask whose answer was lost, which the SDK sends again: a task that is being stopped stays
   * so. Only the call right after it is; one that a function decides on anew is not.
   */
  private boolean isSentAgain(String name, ObjectNode request) {
    Optional<Caller> run = caller.get();
    if (run.isEmpty()) {
      return false;
    }
    String function = run.get().function();
    if (name.equals("StopTask")) {
      Stop stop = new Stop(run.get(), request.deepCopy());
      return stop.equals(stops.put(function, stop));
    }
    stops.remove(function);
    return false;
  }

  /** Snapshots and what is live are for all to see; marks are not worth an entry. */
  private void parameter(String function, ObjectNode request) {
    String name = request.path("Name").asText();
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (name.contains("/revisions/")) {
      timeline.world(
          function, owner(name, "/revisions/" + last), "snapshot " + last + " is written");
    } else if (last.equals("live")) {
      String snapshot = request.path("Value").asText();
      timeline.world(
          function,
          owner(name, "/live"),
          "live is now " + snapshot.substring(snapshot.lastIndexOf('/') + 1));
    }
  }

  private static String owner(String name, String end) {
    return name.substring(0, name.length() - end.length()).replaceFirst("^/shepherd", "");
  }
}
