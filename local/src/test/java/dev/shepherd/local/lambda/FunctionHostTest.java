package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.shepherd.local.world.EventBus;
import dev.shepherd.local.world.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The template's function with a handler of the test's own. */
final class FunctionHostTest {
  private static final Instant START = Instant.parse("2026-05-11T09:00:00Z");

  /** What a test's function does with its batch. */
  private interface Behaviour {
    void run(JsonNode batch, Context context) throws IOException;
  }

  private final VirtualClock clock = new VirtualClock(START);
  private final EventBus bus = new EventBus(clock);
  private final List<Invocation> invocations = new ArrayList<>();
  private final List<JsonNode> batches = new ArrayList<>();

  private FunctionHost host(Behaviour behaviour) {
    Handlers handlers = function -> (input, output, context) -> {
      JsonNode batch = new ObjectMapper().readTree(input);
      batches.add(batch);
      context.getLogger().log("remaining " + context.getRemainingTimeInMillis());
      behaviour.run(batch, context);
      output.write("{\"done\":true}".getBytes(StandardCharsets.UTF_8));
    };
    return new FunctionHost(
        Project.template(), clock, bus, handlers, new SplittableRandom(1), invocations::add);
  }

  private void edit(String name) {
    bus.publish(
        "aws.ssm",
        "Parameter Store Change",
        List.of(),
        JsonNodeFactory.instance.objectNode().put("operation", "Update").put("name", name));
  }

  @Test
  void anEditReachesTheFunctionAtOnce() throws IOException {
    FunctionHost host = host((batch, context) -> {});
    edit("/collectors/gateway");
    clock.pass(Duration.ofSeconds(1));

    assertThat(host.invocations()).containsEntry("ConfigRollout", 1);
    JsonNode entry = batches.getFirst().path("Records").get(0);
    JsonNode body = new ObjectMapper().readTree(entry.path("body").asText());
    assertThat(body.at("/detail/name").asText()).isEqualTo("/collectors/gateway");
    assertThat(entry.path("eventSource").asText()).isEqualTo("aws:sqs");
    assertThat(entry.at("/attributes/MessageGroupId").asText()).isEqualTo("rollout");
    assertThat(invocations).singleElement().satisfies(invocation -> {
      assertThat(invocation.answer()).isEqualTo("{\"done\":true}");
      assertThat(invocation.log()).containsExactly("remaining 60000");
      assertThat(invocation.failure()).isEmpty();
    });
    assertThat(host.queue("ConfigRolloutQueue").size()).isZero();
  }

  @Test
  void aForeignEditReachesNothing() {
    FunctionHost host = host((batch, context) -> {});
    edit("/billing/password");
    clock.pass(Duration.ofSeconds(30));

    assertThat(host.invocations()).containsEntry("ConfigRollout", 0);
  }

  @Test
  void theScheduleComesEveryMinuteAndIsNeverTakenForADuplicate() throws IOException {
    FunctionHost host = host((batch, context) -> {});
    clock.pass(Duration.ofMinutes(10).plusSeconds(1));

    assertThat(host.invocations()).containsEntry("ConfigRollout", 10);
    JsonNode body = new ObjectMapper()
        .readTree(batches.getFirst().path("Records").get(0).path("body").asText());
    assertThat(body.path("detail-type").asText()).isEqualTo("Scheduled Event");
    assertThat(body.path("time").asText()).isEqualTo("2026-05-11T09:01:00Z");
  }

  @Test
  void aBurstBecomesBatchesOfTen() {
    host((batch, context) -> {});
    for (int i = 0; i < 23; i++) {
      edit("/collectors/fleet-" + i);
    }
    clock.pass(Duration.ofSeconds(1));

    assertThat(invocations).extracting(Invocation::messages).containsExactly(10, 10, 3);
  }

  @Test
  void aFailedRunGetsItsMessagesAgainAndInTheEndTheyAreDeadLetters() {
    FunctionHost host = host((batch, context) -> {
      if (batch.toString().contains("poison")) {
        throw new IOException("broken");
      }
    });
    edit("/collectors/poison");
    clock.pass(Duration.ofSeconds(100));
    assertThat(invocations)
        .hasSizeGreaterThan(1)
        .first()
        .satisfies(run -> assertThat(run.failure()).contains("java.io.IOException: broken"));
    clock.pass(Duration.ofMinutes(10));

    assertThat(host.queue("ConfigRolloutDeadLetters").size()).isPositive();
    assertThat(invocations).last().satisfies(run -> assertThat(run.failure()).isEmpty());
  }

  @Test
  void aKilledRunCountsAsFailed() {
    host((batch, context) -> {
      throw new FunctionKilled("at call 7");
    });
    edit("/collectors/gateway");
    clock.pass(Duration.ofSeconds(1));

    assertThat(invocations)
        .singleElement()
        .satisfies(run -> assertThat(run.failure())
            .hasValueSatisfying(text -> assertThat(text).contains("at call 7")));
  }

  @Test
  void aRunThatTakesLongerThanItsTimeoutCountsAsFailed() {
    host((batch, context) -> {
      clock.pass(Duration.ofSeconds(61));
      assertThat(context.getRemainingTimeInMillis()).isZero();
    });
    edit("/collectors/gateway");
    clock.pass(Duration.ofSeconds(62));

    assertThat(invocations)
        .first()
        .satisfies(run -> assertThat(run.failure()).contains("Task timed out after 60 seconds"));
  }

  @Test
  void whatComesDuringARunWaitsForItsEnd() {
    List<String> order = new ArrayList<>();
    host((batch, context) -> {
      order.add("begin");
      if (order.size() == 1) {
        edit("/collectors/second");
        clock.pass(Duration.ofSeconds(20));
      }
      order.add("end");
    });
    edit("/collectors/first");
    clock.pass(Duration.ofSeconds(30));

    assertThat(order).containsExactly("begin", "end", "begin", "end");
    assertThat(invocations).extracting(Invocation::messages).containsExactly(1, 1);
  }

  @Test
  void twoRunsOfOneSeedAreEqual() {
    assertThat(faulty()).isEqualTo(faulty());
  }

  private static List<Invocation> faulty() {
    FunctionHostTest run = new FunctionHostTest();
    FunctionHost host = run.host((batch, context) -> {});
    host.inject(new EventFaults(0.3, 0.3, 0.2, Duration.ofSeconds(60)));
    for (int i = 0; i < 50; i++) {
      run.edit("/collectors/fleet-" + i);
      run.clock.pass(Duration.ofSeconds(7));
    }
    return run.invocations;
  }
}
