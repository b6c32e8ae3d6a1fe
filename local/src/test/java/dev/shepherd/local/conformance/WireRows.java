package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.register;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** What all services have in common on the wire, and AWS's rates. */
final class WireRows {
  private static final String ECS = "AmazonEC2ContainerServiceV20141113.";
  private static final String JSON =
      "https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html";

  private WireRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("the wire and the rates");
    wire(rows);
    rates(rows);
    return rows;
  }

  private static void wire(Rows rows) {
    rows.row(JSON, "Times are epoch seconds, as numbers, with a fraction", side -> {
          register(side, "shop");
          JsonNode at = side.raw(ECS + "DescribeTaskDefinition", "{\"taskDefinition\":\"shop\"}")
              .body()
              .at("/taskDefinition/registeredAt");
          assertThat(at.isNumber()).isTrue();
          assertThat(at.asText()).matches("\\d{10}\\.\\d+");
        })
        .movesAway("to be true but was false", "The local world: moto has no registeredAt");
    rows.row(JSON, "An error is HTTP 400 with its code in __type", side -> {
      var answer = side.raw("AmazonSSM.GetParameter", "{\"Name\":\"/none\"}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().path("__type").asText()).endsWith("ParameterNotFound");
    });
    rows.row(JSON, "What is unset is left out; an empty list stays", side -> {
      shop(side);
      JsonNode body = side.raw(
              ECS + "DescribeServices", "{\"cluster\":\"prod\",\"services\":[\"none\"]}")
          .body();
      assertThat(body.get("services").isArray()).isTrue();
      assertThat(body.get("services")).isEmpty();
      JsonNode listed = side.raw(ECS + "ListServices", "{\"cluster\":\"prod\"}").body();
      assertThat(listed.has("nextToken") && !listed.get("nextToken").isNull()).isFalse();
    });
    rows.row(JSON, "What is no JSON is SerializationException", side -> {
          var answer = side.raw("AmazonSSM.GetParameter", "{\"Name\":");
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.body().path("__type").asText()).endsWith("SerializationException");
        })
        .movesAway(
            "but was: 500", "The local world: moto fails with HTTP 500, which the SDK tries again");
    rows.row(JSON, "An unknown operation is UnknownOperationException", side -> {
          var answer = side.raw("AmazonSSM.GuessParameter", "{}");
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.body().path("__type").asText()).endsWith("UnknownOperationException");
        })
        .movesAway(
            "but was: 500", "The local world: moto fails with HTTP 500, which the SDK tries again");
  }

  private static void rates(Rows rows) {
    rows.row("request-throttling", "RegisterTaskDefinition: 20 at once, then 1 a second", side -> {
          side.bindRates();
          for (int call = 0; call < 20; call++) {
            register(side, "shop");
          }
          assertThat(refusal(() -> register(side, "shop"))).isEqualTo("ThrottlingException");
          side.pass(Duration.ofSeconds(1));
          register(side, "shop");
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no rates");
    rows.row(
            "request-throttling",
            "Operations of a bucket share it: DescribeTasks with ListTasks, 100",
            side -> {
              shop(side);
              side.bindRates();
              List<String> codes = names("call", 90).stream()
                  .map(call -> refusal(() -> {
                    side.ecs().listTasks(x -> x.cluster("prod"));
                    side.ecs().describeTasks(x -> x.cluster("prod").tasks("none"));
                  }))
                  .toList();
              assertThat(codes).contains("ThrottlingException");
            })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no rates");
    rows.row(
            Rows.DOCS + "general/latest/gr/ssm.html",
            "Parameters are written 3 times a second",
            side -> {
              side.bindRates();
              List<String> codes = names("/p", 8).stream()
                  .map(name -> refusal(() -> Fixture.put(side, name, "1")))
                  .toList();
              assertThat(codes).contains("ThrottlingException");
            })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no rates");
    rows.row(
            Rows.DOCS + "general/latest/gr/ssm.html",
            "The SDK knows a throttled call for what it is",
            side -> {
              side.bindRates();
              try {
                names("/p", 8).forEach(name -> Fixture.put(side, name, "1"));
                throw new AssertionError("no call was throttled");
              } catch (SsmException throttled) {
                assertThat(throttled.isThrottlingException()).isTrue();
                assertThat(throttled.statusCode()).isEqualTo(400);
              }
            })
        .movesAway("no call was throttled", "The local world: moto has no rates");
  }
}
