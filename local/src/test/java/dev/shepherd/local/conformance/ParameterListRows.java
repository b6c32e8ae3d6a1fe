package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.put;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Looking for parameters: by path, and by filters. */
final class ParameterListRows {
  private static final String INVALID = "ValidationException";

  private ParameterListRows() {}

  static Rows rows() {
    Rows rows = Rows.ssm("listing");
    byPath(rows);
    described(rows);
    return rows;
  }

  private static void byPath(Rows rows) {
    rows.row(
        "GetParametersByPath", "A path has what is right under it; Recursive, all below", side -> {
          put(side, "/shop/a", "1");
          put(side, "/shop/in/b", "1");
          put(side, "/shopping", "1");
          assertThat(side.ssm().getParametersByPath(x -> x.path("/shop")).parameters())
              .extracting(Parameter::name)
              .containsExactly("/shop/a");
          assertThat(side.ssm()
                  .getParametersByPath(x -> x.path("/shop").recursive(true))
                  .parameters())
              .extracting(Parameter::name)
              .containsExactlyInAnyOrder("/shop/a", "/shop/in/b");
        });
    rows.row("GetParametersByPath", "GetParametersByPath gives up to 10 a page", side -> {
          names("/shop/p", 12).forEach(name -> put(side, name, "1"));
          assertThat(side.ssm().getParametersByPathPaginator(x -> x.path("/shop")).stream()
                  .map(page -> page.parameters().size()))
              .containsExactly(10, 2);
          for (int bad : List.of(0, 11)) {
            assertThat(refusal(
                    () -> side.ssm().getParametersByPath(x -> x.path("/shop").maxResults(bad))))
                .isEqualTo(INVALID);
          }
        })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto pages rightly, and takes any maxResults");
    rows.row(
            "GetParametersByPath",
            "A path begins with /",
            side -> assertThat(refusal(() -> side.ssm().getParametersByPath(x -> x.path("shop"))))
                .isEqualTo(INVALID))
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes any path");
    rows.row(
        "GetParametersByPath",
        "GetParametersByPath filters by Type, Label and KeyId alone",
        side -> {
          put(side, "/shop/a", "1");
          side.ssm().putParameter(x -> x.name("/shop/s").value("1").type("SecureString"));
          assertThat(side.ssm()
                  .getParametersByPath(
                      x -> x.path("/shop").parameterFilters(filter("Type", "", "SecureString")))
                  .parameters())
              .extracting(Parameter::name)
              .containsExactly("/shop/s");
          assertThat(refusal(() -> side.ssm()
                  .getParametersByPath(
                      x -> x.path("/shop").parameterFilters(filter("Name", "", "/shop/a")))))
              .isIn("InvalidFilterKey", INVALID);
        });
  }

  private static ParameterStringFilter filter(String key, String option, String value) {
    return ParameterStringFilter.builder()
        .key(key)
        .option(option.isEmpty() ? null : option)
        .values(value)
        .build();
  }

  private static void described(Rows rows) {
    rows.row("DescribeParameters", "A description has all but the value", side -> {
          side.ssm().putParameter(x -> x.name("/a").value("1").type("String").description("mine"));
          ParameterMetadata shown = side.ssm().describeParameters().parameters().getFirst();
          assertThat(shown.name()).isEqualTo("/a");
          assertThat(shown.version()).isEqualTo(1);
          assertThat(shown.tierAsString()).isEqualTo("Standard");
          assertThat(shown.description()).isEqualTo("mine");
          assertThat(shown.arn()).endsWith(":parameter/a");
          assertThat(shown.lastModifiedUser()).startsWith("arn:aws:");
        })
        .movesAway("not to be null", "The local world, as documented: moto has no tier by default");
    rows.row("DescribeParameters", "DescribeParameters gives up to 50 a page", side -> {
          names("/p", 55).forEach(name -> put(side, name, "1"));
          assertThat(side.ssm().describeParametersPaginator(x -> x.maxResults(50)).stream()
                  .map(page -> page.parameters().size()))
              .containsExactly(50, 5);
          for (int bad : List.of(0, 51)) {
            assertThat(refusal(() -> side.ssm().describeParameters(x -> x.maxResults(bad))))
                .isEqualTo(INVALID);
          }
        })
        .movesAway(
            "[10, 10, 10, 10, 10, 5]",
            "The local world, as documented: moto's pages have 10, whatever is asked for");
    rows.row(
            "DescribeParameters",
            "A token that AWS did not give is InvalidNextToken",
            side -> assertThat(
                    refusal(() -> side.ssm().describeParameters(x -> x.nextToken("mine!"))))
                .isEqualTo("InvalidNextToken"))
        .movesAway(
            "HTTP 500",
            "The local world, as documented: moto fails with HTTP 500, which the SDK tries again");
    List.of(
            filter("Name", "Equals", "/shop/a"),
            filter("Name", "BeginsWith", "/shop/"),
            filter("Name", "Contains", "hop"),
            filter("Path", "Recursive", "/shop"),
            filter("Path", "OneLevel", "/shop"),
            filter("Type", "Equals", "String"),
            filter("tag:team", "", "a"))
        .forEach(filter -> filtered(rows, filter));
    filtered(rows, filter("Tier", "Equals", "Standard"))
        .movesAway("[]", "The local world, as documented: moto has no tier by default");
    rows.row(
        "DescribeParameters",
        "An unknown filter is refused",
        side -> assertThat(refusal(() -> side.ssm()
                .describeParameters(x -> x.parameterFilters(filter("Colour", "", "red")))))
            .isIn("InvalidFilterKey", INVALID));
  }

  /** A filter that of two parameters finds {@code /shop/a}. */
  private static Rows filtered(Rows rows, ParameterStringFilter filter) {
    String option = filter.option() == null ? "" : " " + filter.option();
    return rows.row(
        "ParameterStringFilter", "DescribeParameters filters by " + filter.key() + option, side -> {
          side.ssm()
              .putParameter(x -> x.name("/shop/a")
                  .value("1")
                  .type("String")
                  .tags(Tag.builder().key("team").value("a").build()));
          side.ssm()
              .putParameter(
                  x -> x.name("/other").value("1").type("SecureString").tier("Advanced"));
          assertThat(
                  side.ssm().describeParameters(x -> x.parameterFilters(filter)).parameters())
              .extracting(ParameterMetadata::name)
              .containsExactly("/shop/a");
        });
  }
}
