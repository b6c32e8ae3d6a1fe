package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.invariant.Invariants;
import dev.shepherd.local.invariant.Terms;
import dev.shepherd.local.invariant.Violation;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldService;
import dev.shepherd.local.world.WorldTask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A function that does as it is told, wrong things too, under the eyes of the invariants. */
final class Culprit {
  static final String CONFIG = "/collectors/g";

  private static final Map<String, String> TARGETS = Map.of(
      "ecs",
      "AmazonEC2ContainerServiceV20141113",
      "ssm",
      "AmazonSSM",
      "servicediscovery",
      "Route53AutoNaming_v20170314");

  final World world = new World(1, Instant.EPOCH);
  final Invariants invariants;
  private final AwsFace face = new AwsFace(world);
  private Caller caller = new Caller("ConfigRollout", 1);

  /** Two services of the pattern service and one of sidecars, on a fleet that runs GOOD. */
  Culprit() {
    Scenario scenario =
        Scenario.parse("""
        duration: 1h
        fleets:
          - config: /collectors/g
            text: |
        %s
            services:
              - {name: gate, pattern: service, tasks: 10}
              - {name: side, pattern: sidecar, tasks: 4}
              - {name: other, pattern: sidecar, tasks: 1, tags: {"shepherd:managed": "false"}}
        """.formatted(Stand.GOOD.indent(8)), "culprit", Path.of("."));
    invariants =
        new Invariants(world, new Terms(List.of(CONFIG), 25, 10, 20), () -> Optional.of(caller));
    invariants.watch(face, each -> {});
    new Stage(world, scenario).build();
    pass(Duration.ofMinutes(3));
  }

  void pass(Duration time) {
    world.clock().runTo(world.clock().instant().plus(time));
  }

  /** From here on this function acts, in its next run. */
  Culprit as(String function) {
    caller = new Caller(function, caller.invocation() + 1);
    return this;
  }

  /** Calls {@code ecs:StopTask}; quotes may be written as apostrophes. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be one more dependency.
  ObjectNode call(String operation, String json, Object... values) {
    String[] name = operation.split(":", 2);
    String body = json.formatted(values).replace('\'', '"');
    AwsFace.Answer answer =
        face.call(TARGETS.get(name[0]) + "." + name[1], body.getBytes(StandardCharsets.UTF_8));
    if (answer.status() != 200) {
      throw new IllegalStateException(operation + ": " + answer.body());
    }
    return answer.body();
  }

  /** The run ends, having logged this. */
  void end(String... log) {
    Instant now = world.clock().instant();
    invariants.ended(new Invocation(
        caller.function(),
        now.minusSeconds(1),
        now,
        1,
        "{\"failures\":[]}",
        List.of(log),
        Optional.empty()));
  }

  WorldService service(String name) {
    return world.ecs().service(world.ecs().cluster("prod"), name);
  }

  /** The service's running tasks. */
  List<WorldTask> tasks(String service) {
    return service(service).tasks().values().stream()
        .filter(task -> task.isWanted() && task.isRunning())
        .toList();
  }

  /** The id of the Cloud Map service of this name. */
  String registry(String name) {
    return world.cloudMap().services().values().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** Puts a snapshot of a text of the fleet, and returns its hash. */
  String snapshot(String text) {
    String hash = ConfigReads.hash(world.parameters(), CONFIG, text);
    world.parameters().put("/shepherd" + CONFIG + "/revisions/" + hash, text);
    return hash;
  }

  /** What Shepherd remembers. */
  void state(String live, String more) {
    call(
        "ssm:PutParameter",
        "{'Name':'/shepherd/collectors/g/state','Overwrite':true,'Type':'String','Value':'%s'}",
        ("{\"live\":\"" + live + "\"" + more + "}").replace("\"", "\\\""));
  }

  /** Registers a copy of a service's definition that reads this snapshot; returns its ARN. */
  String copy(String service, String hash, String family, String more) {
    ObjectNode base = (ObjectNode) call(
            "ecs:DescribeTaskDefinition",
            "{'taskDefinition':'%s'}",
            service(service).primary().definition().taskDefinitionArn())
        .path("taskDefinition");
    String request = base.without(List.of(
            "taskDefinitionArn",
            "revision",
            "status",
            "registeredAt",
            "registeredBy",
            "compatibilities",
            "requiresAttributes"))
        .toString()
        .replaceAll("\"family\":\"[^\"]*\"", "\"family\":\"" + family + "\"" + more)
        .replaceAll(
            "\"valueFrom\":\"[^\"]*\"",
            "\"valueFrom\":\"/shepherd/collectors/g/revisions/" + hash + "\"")
        .replace("%", "%%");
    return call("ecs:RegisterTaskDefinition", request)
        .path("taskDefinition")
        .path("taskDefinitionArn")
        .asText();
  }

  /** As {@link #copy}, in the service's family and with the tags that such a copy has. */
  String pinned(String service, String hash) {
    return copy(
        service,
        hash,
        service(service).primary().definition().family(),
        (",'tags':[{'key':'shepherd:config','value':'" + hash
                + "'},{'key':'shepherd:from','value':'"
                + service(service).primary().definition().revision()
                + "'}]")
            .replace('\'', '"'));
  }

  void update(String service, String definition) {
    call(
        "ecs:UpdateService",
        "{'cluster':'prod','service':'%s','taskDefinition':'%s'}",
        service,
        definition);
  }

  void run(String definition, String startedBy, int count) {
    call(
        "ecs:RunTask",
        "{'cluster':'prod','taskDefinition':'%s','startedBy':'%s','count':%d,'launchType':'FARGATE',"
            + "'networkConfiguration':{'awsvpcConfiguration':{'subnets':['subnet-1']}}}",
        definition,
        startedBy,
        count);
  }

  void stop(WorldTask task) {
    call("ecs:StopTask", "{'cluster':'prod','task':'%s','reason':'shepherd: because'}", task.arn());
  }

  void takeOut(String instance) {
    call(
        "servicediscovery:DeregisterInstance",
        "{'ServiceId':'%s','InstanceId':'%s'}",
        registry("gate"),
        instance);
  }

  /** The numbers of the invariants that were violated. */
  List<Integer> violated() {
    return invariants.violations().stream()
        .map(Violation::invariant)
        .distinct()
        .sorted()
        .toList();
  }
}
