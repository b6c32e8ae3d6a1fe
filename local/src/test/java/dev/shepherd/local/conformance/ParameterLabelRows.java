package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.overwrite;
import static dev.shepherd.local.conformance.Fixture.put;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/** Labels on versions. */
final class ParameterLabelRows {
  private static final String LABEL = "LabelParameterVersion";

  private ParameterLabelRows() {}

  static Rows rows() {
    Rows rows = Rows.ssm("labels");
    setting(rows);
    limits(rows);
    reading(rows);
    return rows;
  }

  private static LabelParameterVersionResponse label(
      Side side, @Nullable Long version, String... labels) {
    return side.ssm()
        .labelParameterVersion(x -> x.name("/a").parameterVersion(version).labels(labels));
  }

  private static void twoVersions(Side side) {
    put(side, "/a", "1");
    overwrite(side, "/a", "2");
  }

  private static List<List<String>> labels(Side side) {
    return side.ssm().getParameterHistory(x -> x.name("/a")).parameters().stream()
        .map(ParameterHistory::labels)
        .toList();
  }

  private static void setting(Rows rows) {
    rows.row(
        LABEL, "Without a version a label is put on the newest, and that is answered", side -> {
          twoVersions(side);
          assertThat(label(side, null, "live").parameterVersion()).isEqualTo(2);
          assertThat(labels(side)).containsExactly(List.of(), List.of("live"));
        });
    rows.row(LABEL, "A label is on one version: labelling another moves it", side -> {
      twoVersions(side);
      label(side, 1L, "live");
      label(side, 2L, "live");
      assertThat(labels(side)).containsExactly(List.of(), List.of("live"));
    });
    rows.row(LABEL, "An unknown version is ParameterVersionNotFound", side -> {
      twoVersions(side);
      assertThat(refusal(() -> label(side, 3L, "live"))).isEqualTo("ParameterVersionNotFound");
    });
    rows.row(
        LABEL,
        "An unknown parameter is ParameterNotFound",
        side ->
            assertThat(refusal(() -> label(side, null, "live"))).isEqualTo("ParameterNotFound"));
    rows.row(
        "UnlabelParameterVersion", "Unlabelling tells what was there and what was not", side -> {
          twoVersions(side);
          label(side, 1L, "live");
          var answer = side.ssm()
              .unlabelParameterVersion(
                  x -> x.name("/a").parameterVersion(1L).labels("live", "never"));
          assertThat(answer.removedLabels()).containsExactly("live");
          assertThat(answer.invalidLabels()).containsExactly("never");
          assertThat(labels(side)).containsExactly(List.of(), List.of());
        });
  }

  private static void limits(Rows rows) {
    rows.row(LABEL, "Invalid labels are told with HTTP 200; the others are set", side -> {
          twoVersions(side);
          List<String> bad = List.of("1st", "aws-live", "SSM.live", "a label");
          var answer = side.ssm()
              .labelParameterVersion(
                  x -> x.name("/a").labels("live", "1st", "aws-live", "SSM.live", "a label"));
          assertThat(answer.invalidLabels()).containsExactlyInAnyOrderElementsOf(bad);
          assertThat(labels(side).getLast()).containsExactly("live");
        })
        .movesAway(
            "SSM.live",
            "The local world, as documented: moto compares aws and ssm in lower case only");
    rows.row(LABEL, "A version has up to 10 labels", side -> {
      twoVersions(side);
      label(side, 2L, names("l", 10).toArray(String[]::new));
      assertThat(refusal(() -> label(side, 2L, "one-more")))
          .isEqualTo("ParameterVersionLabelLimitExceeded");
    });
    rows.row(
        "PutParameter",
        "While the oldest of 100 versions has a label, there is no next one",
        side -> {
          put(side, "/a", "0");
          label(side, 1L, "live");
          names("v", 99).forEach(value -> overwrite(side, "/a", value));
          assertThat(refusal(() -> overwrite(side, "/a", "one more")))
              .isEqualTo("ParameterMaxVersionLimitExceeded");
          label(side, 2L, "live");
          overwrite(side, "/a", "one more");
        });
  }

  private static void reading(Rows rows) {
    rows.row("GetParameter", "name:label reads the version that has it", side -> {
          twoVersions(side);
          label(side, 1L, "live");
          Parameter shown = side.ssm().getParameter(x -> x.name("/a:live")).parameter();
          assertThat(shown.value()).isEqualTo("1");
          assertThat(shown.name()).isEqualTo("/a");
          assertThat(shown.selector()).isEqualTo(":live");
        })
        .movesAway(
            "expected: \":live\"\n but was: null",
            "The local world, as documented: moto reads it, and says no Selector");
    rows.row("GetParameter", "An unknown label is ParameterVersionNotFound", side -> {
          twoVersions(side);
          assertThat(refusal(() -> side.ssm().getParameter(x -> x.name("/a:live"))))
              .isEqualTo("ParameterVersionNotFound");
        })
        .movesAway(
            "ParameterNotFound",
            "The local world: the parameter is there, its version is not; moto says ParameterNotFound");
    rows.row("GetParametersByPath", "A path's parameters are filtered by a label", side -> {
      put(side, "/shop/a", "1");
      put(side, "/shop/b", "1");
      side.ssm().labelParameterVersion(x -> x.name("/shop/a").labels("live"));
      var filter = ParameterStringFilter.builder().key("Label").values("live").build();
      assertThat(side.ssm()
              .getParametersByPath(x -> x.path("/shop").parameterFilters(filter))
              .parameters())
          .extracting(Parameter::name)
          .containsExactly("/shop/a");
    });
  }
}
