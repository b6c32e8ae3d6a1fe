package dev.shepherd.functions.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.shepherd.functions.aws.Json;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntakeTest {
  private static final ParameterNames NAMES = new ParameterNames("/collectors/");
  private static final Path EVENTS = Path.of("..", "events");

  @ParameterizedTest
  @MethodSource("samples")
  void readsTheSampleEvents(String file, List<Hint> hints) throws IOException {
    Intake intake = read(Files.readString(EVENTS.resolve(file)));
    assertThat(intake.hints()).isEqualTo(hints);
    assertThat(intake.foreign()).isEqualTo(hints.isEmpty() ? 1 : 0);
    assertThat(intake.malformed()).isEmpty();
  }

  static Stream<Arguments> samples() {
    FleetName gateway = new FleetName("gateway");
    return Stream.of(
        argumentSet(
            "an edit",
            "parameter-update.json",
            List.of(new Hint.OfFleet(gateway, Instant.parse("2026-05-11T09:15:42Z")))),
        argumentSet(
            "a deployment",
            "deployment-completed.json",
            List.of(new Hint.OfDeployment(
                new ServiceName("otel-prod", "otel-gateway"),
                "ecs-svc/4821930574610298371",
                Hint.Stage.COMPLETED,
                Instant.parse("2026-05-11T09:24:40Z")))),
        argumentSet(
            "ECS rolls back",
            "deployment-rollback-in-progress.json",
            List.of(new Hint.OfDeployment(
                new ServiceName("otel-prod", "otel-gateway"),
                "ecs-svc/4821930574610298371",
                Hint.Stage.STARTED,
                Instant.parse("2026-05-11T12:22:33Z")))),
        argumentSet(
            "a canary task",
            "task-running-canary.json",
            List.of(new Hint.OfTask(
                "otel-prod",
                "7c2e51d0a94b4f3e8d6c0b1a2f3e4d5c",
                Instant.parse("2026-05-11T09:20:23Z"),
                false))),
        argumentSet(
            "canaries started",
            "shepherd-canary-started.json",
            List.of(new Hint.OfService(
                new ServiceName("otel-prod", "otel-gateway"),
                Instant.parse("2026-05-11T09:21:40Z"),
                false))),
        argumentSet(
            "a drain is asked for",
            "shepherd-drain-requested.json",
            List.of(new Hint.OfService(
                new ServiceName("otel-prod", "otel-gateway"),
                Instant.parse("2026-05-11T09:21:40Z"),
                false))),
        argumentSet(
            "a service's task",
            "task-running-sidecar-collector-exited-nonessential.json",
            List.of(new Hint.OfService(
                new ServiceName("otel-prod", "checkout"),
                Instant.parse("2026-05-11T10:41:37Z"),
                true))),
        argumentSet("a host's event is not ours", "container-instance-draining.json", List.of()));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void dropsWhatItCannotReadAndSaysSo(String input, String because) {
    Intake intake = read(input);
    assertThat(intake.hints()).isEmpty();
    assertThat(intake.malformed())
        .singleElement()
        .asString()
        .contains(because)
        .doesNotContain("s3cr3t");
  }

  static Stream<Arguments> bad() {
    String time = "\"time\":\"2026-05-11T09:15:42Z\"";
    return Stream.of(
        argumentSet("nothing", "", "not JSON"),
        argumentSet("not JSON", "s3cr3t {", "not JSON"),
        argumentSet("a list", "[\"s3cr3t\"]", "not a JSON object"),
        argumentSet("nested without end", "[".repeat(100_000), "not JSON"),
        argumentSet("no envelope", "{\"s3cr3t\":1}", "no source"),
        argumentSet(
            "a time that is none",
            "{\"source\":\"aws.ssm\",\"detail-type\":\"Parameter Store Change\",\"time\":\"s3cr3t\"}",
            "no source"),
        argumentSet(
            "no name",
            "{\"source\":\"aws.ssm\",\"detail-type\":\"Parameter Store Change\"," + time
                + ",\"detail\":{}}",
            "detail.name"),
        argumentSet(
            "detail is text",
            "{\"source\":\"aws.ssm\",\"detail-type\":\"Parameter Store Change\"," + time
                + ",\"detail\":\"s3cr3t\"}",
            "detail.name"),
        argumentSet(
            "no service",
            "{\"source\":\"aws.ecs\",\"detail-type\":\"ECS Deployment State Change\"," + time
                + ",\"resources\":[3]}",
            "resources[0]"),
        argumentSet(
            "a canary task without an ARN",
            "{\"source\":\"aws.ecs\",\"detail-type\":\"ECS Task State Change\"," + time
                + ",\"detail\":{\"startedBy\":\"shepherd-canary\",\"taskArn\":\"s3cr3t\"}}",
            "taskArn"),
        argumentSet(
            "a drain of nothing",
            "{\"source\":\"shepherd\",\"detail-type\":\"Drain Requested\"," + time + "}",
            "detail.cluster"),
        argumentSet("an SQS record without a body", "{\"Records\":[{\"s3cr3t\":1}]}", "no body"),
        argumentSet(
            "an SQS body that is not JSON", "{\"Records\":[{\"body\":\"s3cr3t\"}]}", "not JSON"));
  }

  @Test
  void readsABatchAndLosesNothingBesideABadRecord() throws IOException {
    String good = Files.readString(EVENTS.resolve("parameter-update.json"));
    Intake intake = read(Json.write(Map.of(
        "Records", List.of(Map.of("body", good), Map.of("body", "{"), Map.of("body", good)))));
    assertThat(intake.hints()).hasSize(2);
    assertThat(intake.malformed()).hasSize(1);
  }

  @Test
  void readsNoMoreThanABatchCanHave() {
    List<Object> records =
        IntStream.range(0, 1_000).<Object>mapToObj(_ -> Map.of("body", "{")).toList();
    assertThat(read(Json.write(Map.of("Records", records))).malformed()).hasSize(100);
  }

  @ParameterizedTest
  @MethodSource("names")
  void ignoresForeignParameters(String name, int hints) {
    String event = "{\"source\":\"aws.ssm\",\"detail-type\":\"Parameter Store Change\","
        + "\"time\":\"2026-05-11T09:15:42Z\",\"detail\":{\"name\":\"" + name + "\"}}";
    assertThat(read(event).hints()).hasSize(hints);
    assertThat(read(event).foreign()).isEqualTo(1 - hints);
  }

  static Stream<Arguments> names() {
    return Stream.of(
        argumentSet("ours", "/collectors/gateway", 1),
        argumentSet("ours, deeper", "/collectors/team/gateway", 1),
        argumentSet("another prefix", "/app/secret", 0),
        argumentSet("the prefix alone", "/collectors/", 0),
        argumentSet("Shepherd's own", "/shepherd/collectors/gateway/state", 0));
  }

  @Test
  void takesDryRunBesideAnEvent() {
    assertThat(
            read("{\"dryRun\":true,\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\","
                + "\"time\":\"2026-05-11T09:15:42Z\"}"))
        .isEqualTo(new Intake(
            List.of(new Hint.Everywhere(Instant.parse("2026-05-11T09:15:42Z"))),
            List.of(),
            0,
            List.of(),
            true));
  }

  private static Intake read(String input) {
    return Intake.read(input.getBytes(StandardCharsets.UTF_8), NAMES);
  }
}
