package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.shepherd.local.world.WorldTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Each invariant is held against an act that breaks it, and against the same act done right. */
class InvariantsTest {
  private static final String DECISION = "{\"decision\":\"Deploy\",\"reason\":\"a newer text\"}";

  @ParameterizedTest
  @MethodSource("wrongs")
  void seesWhatIsWrong(int invariant, Consumer<Culprit> wrong) {
    Culprit culprit = new Culprit();
    assertThat(culprit.violated()).isEmpty();
    wrong.accept(culprit);
    assertThat(culprit.violated())
        .as(culprit.invariants.violations().toString())
        .containsExactly(invariant);
  }

  static Stream<Arguments> wrongs() {
    return Stream.of(
        wrong("a quarantined hash is deployed", 1, culprit -> {
          String hash = culprit.snapshot(Stand.BETTER);
          culprit.state(hash, ",\"quarantined\":[{\"hash\":\"" + hash + "\",\"image\":\"\"}]");
          culprit.update("side", culprit.pinned("side", hash));
        }),
        wrong("a text with errors is read from a snapshot", 1, culprit -> {
          culprit.state("aaaaaaaaaaaa", "");
          String hash = culprit.snapshot(Stand.BROKEN);
          culprit.state(hash, "");
          culprit.update("side", culprit.pinned("side", hash));
          culprit.pass(Duration.ofMinutes(2));
        }),
        wrong("a snapshot holds another text", 1, culprit -> {
          String hash = culprit.snapshot(Stand.BETTER);
          culprit.state(hash, "");
          culprit.world.parameters().put("/shepherd/collectors/g/revisions/" + hash, Stand.GOOD);
          culprit.update("side", culprit.pinned("side", hash));
          culprit.pass(Duration.ofMinutes(2));
        }),
        wrong("a candidate goes to a service that is too large", 2, culprit -> {
          culprit.state(culprit.snapshot(Stand.GOOD), "");
          culprit.update("side", culprit.pinned("side", culprit.snapshot(Stand.BETTER)));
        }),
        wrong("too many canaries", 2, culprit -> {
          culprit.state(culprit.snapshot(Stand.GOOD), "");
          String hash = culprit.snapshot(Stand.BETTER);
          culprit.run(culprit.copy("gate", hash, "gate-shepherd-canary", ""), "shepherd-canary", 7);
        }),
        wrong("a candidate on a task that is neither probe nor canary", 2, culprit -> {
          culprit.state(culprit.snapshot(Stand.GOOD), "");
          String hash = culprit.snapshot(Stand.BETTER);
          culprit.run(culprit.copy("gate", hash, "gate-shepherd-probe", ""), "someone", 1);
        }),
        wrong("a second stop over the budget", 3, culprit -> {
          culprit.as("TaskReplacement").stop(culprit.tasks("gate").getFirst());
          culprit.stop(culprit.tasks("gate").getFirst());
        }),
        wrong("a stop beyond what it saw itself", 3, culprit -> {
          culprit.as("TaskReplacement");
          List<WorldTask> tasks = culprit.tasks("gate");
          culprit.call(
              "ecs:DescribeTasks",
              "{'cluster':'prod','tasks':['%s','%s']}",
              tasks.getFirst().arn(),
              tasks.getLast().arn());
          culprit.stop(tasks.getFirst());
        }),
        wrong("the only task is stopped", 3, culprit -> {
          culprit
              .world
              .ecs()
              .updateService(UpdateServiceRequest.builder()
                  .cluster("prod")
                  .service("side")
                  .desiredCount(1)
                  .build());
          culprit.pass(Duration.ofMinutes(1));
          culprit.as("TaskReplacement").stop(culprit.tasks("side").getFirst());
        }),
        wrong(
            "a live task is taken out",
            4,
            culprit -> culprit
                .as("RegistrationSync")
                .takeOut(culprit.tasks("gate").getFirst().id())),
        wrong("too many stale ones are taken out in a run", 4, culprit -> {
          stale(culprit, 5);
          culprit.as("RegistrationSync");
          for (int i = 0; i < 4; i++) {
            culprit.takeOut("stale" + i);
          }
        }),
        wrong("a service is emptied", 4, culprit -> {
          culprit
              .tasks("gate")
              .forEach(
                  task -> culprit.world.cloudMap().deregister(culprit.registry("gate"), task.id()));
          stale(culprit, 1);
          culprit.as("RegistrationSync").takeOut("stale0");
        }),
        wrong("a foreign instance is taken out", 5, culprit -> {
          culprit
              .world
              .cloudMap()
              .register(
                  culprit.registry("gate"), "foreign", Map.of("AWS_INSTANCE_IPV4", "10.1.1.1"));
          culprit.as("RegistrationSync").takeOut("foreign");
        }),
        wrong(
            "a service is forced that is to be left alone",
            5,
            culprit -> culprit.call(
                "ecs:UpdateService",
                "{'cluster':'prod','service':'other','forceNewDeployment':true}")),
        wrong(
            "the operator's parameter is written",
            5,
            culprit -> culprit.call(
                "ssm:PutParameter",
                "{'Name':'/collectors/g','Overwrite':true,'Type':'String','Value':'receivers: {}'}")),
        wrong(
            "a foreign definition is taken away",
            5,
            culprit -> culprit.call("ecs:DeregisterTaskDefinition", "{'taskDefinition':'side:1'}")),
        wrong("a copy has other memory", 5, culprit -> {
          String hash = culprit.snapshot(Stand.GOOD);
          culprit.copy(
              "side",
              hash,
              "side",
              ",\"enableFaultInjection\":false,\"pidMode\":\"task\",\"tags\":[{\"key\":\"shepherd:config\",\"value\":\""
                  + hash
                  + "\"},{\"key\":\"shepherd:from\",\"value\":\"1\"}]");
        }),
        wrong("an overtaken release is not restored", 5, InvariantsTest::overtakes),
        wrong("a service is updated of which a page is missing", 6, culprit -> {
          culprit.call("ecs:ListTasks", "{'cluster':'prod','serviceName':'side','maxResults':2}");
          String hash = culprit.snapshot(Stand.GOOD);
          culprit.state(hash, "");
          culprit.update("side", culprit.pinned("side", hash));
        }),
        wrong("an edit that nothing looks at", 7, culprit -> {
          culprit.world.parameters().put(Culprit.CONFIG, Stand.BETTER);
          for (int run = 0; run < 6; run++) {
            culprit.as("ConfigRollout").pass(Duration.ofMinutes(1));
            culprit.end();
          }
        }),
        wrong("a canary outlives its phase", 8, culprit -> {
          String hash = culprit.snapshot(Stand.GOOD);
          culprit.state(hash, "");
          culprit.run(culprit.copy("gate", hash, "gate-shepherd-canary", ""), "shepherd-canary", 1);
          culprit.invariants.atRest(true);
        }),
        wrong("nothing comes to rest", 8, culprit -> culprit.invariants.atRest(false)),
        wrong("an act without a decision", 9, culprit -> {
          String hash = culprit.snapshot(Stand.GOOD);
          culprit.state(hash, "");
          culprit.update("side", culprit.pinned("side", hash));
          culprit.end("{\"decision\":\"Deploy\",\"reason\":\"\"}");
        }),
        wrong(
            "a stop without a reason",
            9,
            culprit -> culprit
                .as("TaskReplacement")
                .call(
                    "ecs:StopTask",
                    "{'cluster':'prod','task':'%s'}",
                    culprit.tasks("gate").getFirst().arn())),
        wrong(
            "a log line that holds a credential",
            9,
            culprit -> culprit.end("{\"reason\":\"the header s3cr3t-word is odd\"}")),
        wrong(
            "an event that holds a line of a config",
            9,
            culprit -> culprit
                .world
                .events()
                .publish(
                    "shepherd",
                    "Config Rejected",
                    List.of(),
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("reason", "near " + Stand.GOOD.lines().findFirst().orElseThrow()))));
  }

  private static Arguments wrong(String name, int invariant, Consumer<Culprit> act) {
    return argumentSet(name, invariant, act);
  }

  private static void stale(Culprit culprit, int count) {
    for (int i = 0; i < count; i++) {
      culprit
          .world
          .cloudMap()
          .register(
              culprit.registry("gate"),
              "stale" + i,
              Map.of("AWS_INSTANCE_IPV4", "10.9.9.9", "ECS_SERVICE_NAME", "gate"));
    }
  }

  /** Someone ships between the look and the call, and the function never gives it back. */
  private static void overtakes(Culprit culprit) {
    String hash = culprit.snapshot(Stand.GOOD);
    culprit.state(hash, "");
    String ours = culprit.pinned("side", hash);
    String theirs =
        culprit.world.ecs().taskDefinitions().find("side:1").orElseThrow().family();
    var shipped = culprit
        .world
        .ecs()
        .taskDefinitions()
        .register(new Blueprint(new Stage(culprit.world, sides()).spec("side"))
            .taskDefinition("/collectors/g", 2));
    culprit
        .world
        .ecs()
        .updateService(UpdateServiceRequest.builder()
            .cluster("prod")
            .service(theirs)
            .taskDefinition(shipped.taskDefinitionArn())
            .build());
    culprit.update("side", ours);
    culprit.end(DECISION);
    for (int run = 0; run < 5; run++) {
      culprit.as("ConfigRollout").pass(Duration.ofMinutes(1));
      culprit.call("ecs:DescribeServices", "{'cluster':'prod','services':['side']}");
      culprit.end();
    }
  }

  private static Scenario sides() {
    return Scenario.parse(
        "duration: 1h\nfleets: [{config: /collectors/g, text: a, services: [{name: side, pattern:"
            + " sidecar, tasks: 4}]}]",
        "sides",
        Path.of("."));
  }

  @Test
  void seesNothingWrongInTheSameActsDoneRight() {
    Culprit culprit = new Culprit();
    String hash = culprit.snapshot(Stand.GOOD);
    culprit.state(hash, ",\"quarantined\":[{\"hash\":\"bbbbbbbbbbbb\",\"image\":\"\"}]");
    culprit.call("ecs:ListTasks", "{'cluster':'prod','serviceName':'side','maxResults':100}");
    culprit.update("side", culprit.pinned("side", hash));
    culprit.run(
        culprit.copy("gate", culprit.snapshot(Stand.BETTER), "gate-shepherd-probe", ""),
        "shepherd-probe",
        1);
    culprit.end(DECISION);
    culprit.pass(Duration.ofMinutes(2));
    culprit.as("TaskReplacement").stop(culprit.tasks("gate").getFirst());
    culprit.end(DECISION);
    stale(culprit, 2);
    culprit.as("RegistrationSync").takeOut("stale0");
    culprit.takeOut("stale1");
    culprit.end(DECISION);
    assertThat(culprit.violated())
        .as(culprit.invariants.violations().toString())
        .isEmpty();
    assertThat(culprit.invariants.checked()).isGreaterThan(20);
  }

  @Test
  void anActThatIsRefusedIsNone() {
    Culprit culprit = new Culprit();
    culprit.as("TaskReplacement");
    assertThatIllegalStateException()
        .isThrownBy(() -> culprit.call(
            "ecs:UpdateService", "{'cluster':'prod','service':'other','taskDefinition':'none:1'}"));
    assertThat(culprit.violated()).isEmpty();
  }
}
