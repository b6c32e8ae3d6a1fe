package dev.shepherd.functions.event;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * What one invocation was called with: an SQS batch of EventBridge envelopes, one bare envelope, or
 * the schedule's.
 *
 * @param hints where to look
 * @param restarts which services' only tasks are to be restarted
 * @param foreign how many events were none of ours
 * @param malformed why each event that could not be read was dropped, without its text
 * @param dryRun whether {@code "dryRun": true} stood beside an event
 */
// Over 200 lines: every shape in which an event may come, and what is said of one that is odd.
public record Intake(
    List<Hint> hints,
    List<RestartRequest> restarts,
    int foreign,
    List<String> malformed,
    boolean dryRun) {
  /** More than a batch of a FIFO queue ever has. */
  private static final int MAX_RECORDS = 100;

  /** What Shepherd's canary tasks are started by. */
  public static final String CANARY = "shepherd-canary";

  private static final String SERVICE_GROUP = "service:";

  public Intake {
    hints = List.copyOf(hints);
    restarts = List.copyOf(restarts);
    malformed = List.copyOf(malformed);
  }

  /** Reads what Lambda passed on; never throws over its text. */
  public static Intake read(byte[] input, ParameterNames names) {
    Reading reading = new Reading(names);
    reading.input(new String(input, StandardCharsets.UTF_8));
    return new Intake(
        reading.hints, reading.restarts, reading.foreign, reading.malformed, reading.dryRun);
  }

  private static final class Reading {
    private final ParameterNames names;
    private final List<Hint> hints = new ArrayList<>();
    private final List<RestartRequest> restarts = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private int foreign;
    private boolean dryRun;

    Reading(ParameterNames names) {
      this.names = names;
    }

    void input(String text) {
      Optional<JsonNode> json = parse(text, "the input");
      Optional<List<JsonNode>> records = json.flatMap(node -> node.field("Records"))
          .filter(JsonNode::isArray)
          .map(JsonNode::asArray);
      if (records.isEmpty()) {
        json.ifPresent(this::envelope);
        return;
      }
      json.ifPresent(this::dryRun);
      for (JsonNode message : records.get().stream().limit(MAX_RECORDS).toList()) {
        Optional<String> body = text(message, "body");
        if (body.isEmpty()) {
          malformed.add("an SQS record has no body");
        }
        body.flatMap(envelope -> parse(envelope, "a record's body")).ifPresent(this::envelope);
      }
    }

    private Optional<JsonNode> parse(String text, String what) {
      try {
        return Optional.of(JsonNode.parser().parse(text)).filter(node -> {
          if (!node.isObject()) {
            malformed.add(what + " is not a JSON object");
          }
          return node.isObject();
        });
      } catch (RuntimeException unreadable) {
        // The parser's exceptions quote the text; what it was stays out of the log.
        malformed.add(what + " is not JSON");
        return Optional.empty();
      }
    }

    private void envelope(JsonNode event) {
      dryRun(event);
      Optional<String> source = text(event, "source");
      Optional<String> type = text(event, "detail-type");
      Optional<Instant> time = text(event, "time").flatMap(Reading::instant);
      if (source.isEmpty() || type.isEmpty() || time.isEmpty()) {
        malformed.add("an event has no source, detail-type or time");
        return;
      }
      switch (source.get() + " " + type.get()) {
        case "aws.events Scheduled Event" -> hints.add(new Hint.Everywhere(time.get()));
        case "aws.ssm Parameter Store Change" -> parameter(event, time.get());
        case "aws.ecs ECS Deployment State Change" -> deployment(event, time.get());
        case "aws.ecs ECS Service Action" -> service(event, time.get());
        case "aws.ecs ECS Task State Change" -> task(event, time.get());
        case "shepherd Canary Started", "shepherd Drain Requested" -> canaries(event, time.get());
        case "shepherd Restart Requested" -> restart(event, time.get());
        default -> foreign++;
      }
    }

    private void parameter(JsonNode event, Instant time) {
      Optional<String> name = event.field("detail").flatMap(detail -> text(detail, "name"));
      if (name.isEmpty()) {
        malformed.add("a Parameter Store event has no detail.name");
        return;
      }
      Optional<FleetName> fleet = names.fleetOfSource(name.get());
      fleet.ifPresentOrElse(found -> hints.add(new Hint.OfFleet(found, time)), () -> foreign++);
    }

    private void service(JsonNode event, Instant time) {
      namedService(event).ifPresent(found -> hints.add(new Hint.OfService(found, time, false)));
    }

    /** One of another shape says at least where to look. */
    private void deployment(JsonNode event, Instant time) {
      Optional<JsonNode> detail = event.field("detail");
      Optional<String> id = detail.flatMap(node -> text(node, "deploymentId"));
      Optional<Hint.Stage> stage =
          detail.flatMap(node -> text(node, "eventName")).flatMap(Reading::stage);
      namedService(event)
          .map(service -> id.isPresent() && stage.isPresent()
              ? new Hint.OfDeployment(service, id.get(), stage.get(), time)
              : new Hint.OfService(service, time, false))
          .ifPresent(hints::add);
    }

    private static Optional<Hint.Stage> stage(String event) {
      return switch (event) {
        case "SERVICE_DEPLOYMENT_IN_PROGRESS" -> Optional.of(Hint.Stage.STARTED);
        case "SERVICE_DEPLOYMENT_COMPLETED" -> Optional.of(Hint.Stage.COMPLETED);
        case "SERVICE_DEPLOYMENT_FAILED" -> Optional.of(Hint.Stage.FAILED);
        default -> Optional.empty();
      };
    }

    /**
     * The service stands in <a
     * href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html">resources[0]</a>.
     */
    private Optional<ServiceName> namedService(JsonNode event) {
      Optional<ServiceName> service = event
          .field("resources")
          .filter(JsonNode::isArray)
          .flatMap(resources -> resources.asArray().stream().findFirst())
          .filter(JsonNode::isString)
          .flatMap(arn -> serviceOf(arn.text()));
      if (service.isEmpty()) {
        malformed.add("an ECS event names no service in resources[0]");
      }
      return service;
    }

    /** Shepherd's own canaries, and a service's tasks, which its group names. */
    private void task(JsonNode event, Instant time) {
      Optional<JsonNode> detail = event.field("detail");
      Optional<String> group = detail
          .flatMap(node -> text(node, "group"))
          .filter(name -> name.startsWith(SERVICE_GROUP));
      if (group.isPresent()) {
        taskOf(group.get().substring(SERVICE_GROUP.length()), detail, time);
        return;
      }
      if (detail.flatMap(node -> text(node, "startedBy")).filter(CANARY::equals).isEmpty()) {
        foreign++;
        return;
      }
      String[] parts = detail.flatMap(node -> text(node, "taskArn")).orElse("").split("/", -1);
      if (parts.length == 3) {
        boolean ending = detail
            .flatMap(node -> text(node, "desiredStatus"))
            .filter("STOPPED"::equals)
            .isPresent();
        hints.add(new Hint.OfTask(parts[1], parts[2], time, ending));
      } else {
        malformed.add("a task's event has no detail.taskArn with a cluster and an id");
      }
    }

    private void taskOf(String service, Optional<JsonNode> detail, Instant time) {
      String arn = detail.flatMap(node -> text(node, "clusterArn")).orElse("");
      int slash = arn.lastIndexOf('/');
      if (slash < 0 || slash == arn.length() - 1 || service.isEmpty()) {
        malformed.add("a task's event has no detail.clusterArn with a name");
      } else {
        hints.add(
            new Hint.OfService(new ServiceName(arn.substring(slash + 1), service), time, true));
      }
    }

    /** What ConfigRollout tells of its canaries. */
    private void canaries(JsonNode event, Instant time) {
      Optional<String> cluster = event.field("detail").flatMap(detail -> text(detail, "cluster"));
      Optional<String> service = event.field("detail").flatMap(detail -> text(detail, "service"));
      if (cluster.isPresent() && service.isPresent()) {
        hints.add(new Hint.OfService(new ServiceName(cluster.get(), service.get()), time, false));
      } else {
        malformed.add("a canaries' event has no detail.cluster or detail.service");
      }
    }

    private void restart(JsonNode event, Instant time) {
      Optional<JsonNode> detail = event.field("detail");
      Optional<String> cluster = detail.flatMap(node -> text(node, "cluster"));
      Optional<String> service = detail.flatMap(node -> text(node, "service"));
      Optional<String> task = detail.flatMap(node -> text(node, "task"));
      if (cluster.isPresent() && service.isPresent() && task.isPresent()) {
        restarts.add(
            new RestartRequest(new ServiceName(cluster.get(), service.get()), task.get(), time));
      } else {
        malformed.add("a restart's request has no detail.cluster, detail.service or detail.task");
      }
    }

    private static Optional<ServiceName> serviceOf(String arn) {
      String[] parts = arn.split("/", -1);
      return arn.contains(":service/") && parts.length == 3
          ? Optional.of(new ServiceName(parts[1], parts[2]))
          : Optional.empty();
    }

    private void dryRun(JsonNode event) {
      dryRun |= event
          .field("dryRun")
          .filter(JsonNode::isBoolean)
          .map(JsonNode::asBoolean)
          .orElse(false);
    }

    private static Optional<String> text(JsonNode node, String field) {
      return node.isObject()
          ? node.field(field).filter(JsonNode::isString).map(JsonNode::text)
          : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeParseException _) {
        return Optional.empty();
      }
    }
  }
}
