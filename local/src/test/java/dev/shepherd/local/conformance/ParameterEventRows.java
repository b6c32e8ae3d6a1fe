package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.EventRows.heard;
import static dev.shepherd.local.conformance.Fixture.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The events that Parameter Store puts onto the default bus. */
final class ParameterEventRows {
  private static final String PARAMETER = "Parameter Store Change";

  private static final String PARAMETER_PAGE =
      Rows.DOCS + "systems-manager/latest/userguide/sysman-paramstore-cwe.html";

  private ParameterEventRows() {}

  static Rows rows() {
    Rows rows = Rows.events("what Parameter Store says");
    parameters(rows);
    return rows;
  }

  private static void parameters(Rows rows) {
    rows.row(PARAMETER_PAGE, "Create, Update and Delete of a parameter are events", side -> {
          side.listen();
          put(side, "/a", "1");
          Fixture.overwrite(side, "/a", "2");
          side.ssm().deleteParameter(x -> x.name("/a"));
          assertThat(heard(side, PARAMETER))
              .extracting(event -> event.get("detail").get("operation").textValue())
              .containsExactly("Create", "Update", "Delete");
        })
        .movesAway(
            "[]",
            "The local world, as documented: moto puts no event of Parameter Store onto the bus");
    rows.row(PARAMETER_PAGE, "LabelParameterVersion is an event", side -> {
          put(side, "/a", "1");
          side.listen();
          side.ssm().labelParameterVersion(x -> x.name("/a").labels("live"));
          assertThat(heard(side, PARAMETER))
              .extracting(event -> event.get("detail").get("operation").textValue())
              .containsExactly("LabelParameterVersion");
        })
        .movesAway(
            "[]",
            "The local world, as documented: moto puts no event of Parameter Store onto the bus");
    rows.row(
            PARAMETER_PAGE,
            "A parameter's event has its name and type; no version, no text",
            side -> {
              side.listen();
              put(side, "/a", "text");
              List<JsonNode> events = heard(side, PARAMETER);
              assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.get("source").textValue()).isEqualTo("aws.ssm");
                assertThat(event.get("resources").get(0).textValue()).endsWith(":parameter/a");
                assertThat(event.get("detail").get("name").textValue()).isEqualTo("/a");
                assertThat(event.get("detail").get("type").textValue()).isEqualTo("String");
                assertThat(event.get("detail").toString()).doesNotContain("version", "text");
              });
            })
        .movesAway(
            "Expected size: 1 but was: 0",
            "The local world, as documented: moto puts no event of Parameter Store onto the bus");
  }
}
