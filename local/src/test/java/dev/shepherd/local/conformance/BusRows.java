package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** PutEvents. */
final class BusRows {
  private static final String PUT = "PutEvents";
  private static final String ENTRY = "PutEventsResultEntry";

  private BusRows() {}

  static Rows rows() {
    Rows rows = Rows.events("PutEvents");
    entries(rows);
    refused(rows);
    heard(rows);
    return rows;
  }

  private static PutEventsRequestEntry entry(UnaryOperator<PutEventsRequestEntry.Builder> more) {
    return more.apply(PutEventsRequestEntry.builder()
            .source("shop")
            .detailType("Sold")
            .detail("{\"what\":\"tea\"}"))
        .build();
  }

  private static PutEventsResponse put(
      Side side, UnaryOperator<PutEventsRequestEntry.Builder> more) {
    return side.events().putEvents(x -> x.entries(entry(more)));
  }

  private static void entries(Rows rows) {
    rows.row(PUT, "PutEvents takes up to 10 entries", side -> {
      assertThat(side.events()
              .putEvents(x -> x.entries(Collections.nCopies(10, entry(each -> each))))
              .entries())
          .hasSize(10);
      assertThat(refusal(() -> side.events()
              .putEvents(x -> x.entries(Collections.nCopies(11, entry(each -> each))))))
          .isEqualTo("ValidationException");
    });
    rows.row(PUT, "Entries are taken or refused each by itself, in their order", side -> {
      var answer = side.events()
          .putEvents(x -> x.entries(
              entry(each -> each), entry(each -> each.detail("no")), entry(each -> each)));
      assertThat(answer.failedEntryCount()).isEqualTo(1);
      assertThat(answer.entries().get(0).eventId()).isNotEmpty();
      assertThat(answer.entries().get(1).eventId()).isNull();
      assertThat(answer.entries().get(1).errorCode()).isEqualTo("MalformedDetail");
      assertThat(answer.entries().get(2).eventId()).isNotEmpty();
    });
    rows.row(
            Rows.DOCS + "eventbridge/latest/userguide/eb-putevent-size.html",
            "What is larger than the quota is refused; 1 MB is larger than each there has been",
            side -> {
              String large = "{\"what\":\"" + "x".repeat(1_100_000) + "\"}";
              assertThat(refusal(() -> put(side, each -> each.detail(large))))
                  .isEqualTo("ValidationException");
            })
        .movesAway(
            "none: the call was answered",
            "The local world: moto has no bound. Here it is the 256 KB of the page");
  }

  private static void refused(Rows rows) {
    rows.row(
            ENTRY,
            "A source of AWS's own is NotAuthorizedForSourceException",
            side -> assertThat(put(side, each -> each.source("aws.ecs"))
                    .entries()
                    .getFirst()
                    .errorCode())
                .isEqualTo("NotAuthorizedForSourceException"))
        .movesAway(
            "but was: null",
            "The local world, as documented: moto takes it, which is of use to play AWS's events");
    rows.row(ENTRY, "A detail that is no JSON object is MalformedDetail", side -> {
          for (String bad : List.of("no", "[1]", "\"text\"")) {
            assertThat(put(side, each -> each.detail(bad)).entries().getFirst().errorCode())
                .as(bad)
                .isEqualTo("MalformedDetail");
          }
        })
        .movesAway("[[1]]", "The local world: a detail is an object; moto takes any JSON");
    rows.row(ENTRY, "Source, DetailType and Detail are needed: InvalidArgument", side -> {
      for (UnaryOperator<PutEventsRequestEntry.Builder> without :
          List.<UnaryOperator<PutEventsRequestEntry.Builder>>of(
              each -> each.source(null),
              each -> each.detailType(null),
              each -> each.detail(null))) {
        assertThat(put(side, without).entries().getFirst().errorCode())
            .isEqualTo("InvalidArgument");
      }
    });
  }

  private static void heard(Rows rows) {
    rows.row(
            Rows.DOCS + "eventbridge/latest/ref/overiew-event-structure.html",
            "An event has the id that was answered, and account, region, time, resources",
            side -> {
              side.listen();
              String id = put(side, each -> each.resources("arn:shop"))
                  .entries()
                  .getFirst()
                  .eventId();
              assertThat(side.heard()).singleElement().satisfies(event -> {
                assertThat(event.get("id").textValue()).isEqualTo(id);
                assertThat(event.get("version").textValue()).isEqualTo("0");
                assertThat(event.get("detail-type").textValue()).isEqualTo("Sold");
                assertThat(event.get("source").textValue()).isEqualTo("shop");
                assertThat(event.get("region").textValue()).isEqualTo("eu-west-1");
                assertThat(event.get("resources").get(0).textValue()).isEqualTo("arn:shop");
                assertThat(event.get("detail").toString()).isEqualTo("{\"what\":\"tea\"}");
                assertThat(event.path("account").asText()).matches("\\d{12}");
                assertThat(Instant.parse(event.get("time").textValue())).isNotNull();
              });
            })
        .movesAway(
            "to match pattern", "The local world, as documented: moto's event has no account");
    rows.row("PutEventsRequestEntry", "The caller may say the time, to the second", side -> {
      side.listen();
      put(side, each -> each.time(Instant.parse("2026-11-22T07:00:00Z")));
      JsonNode event = side.heard().getFirst();
      assertThat(event.get("time").textValue()).isEqualTo("2026-11-22T07:00:00Z");
    });
  }
}
