package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.overwrite;
import static dev.shepherd.local.conformance.Fixture.put;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Writing and deleting parameters. */
final class ParameterWriteRows {
  private static final String INVALID = "ValidationException";

  private ParameterWriteRows() {}

  static Rows rows() {
    Rows rows = Rows.ssm("writing");
    versions(rows);
    sizes(rows);
    named(rows);
    values(rows);
    deleting(rows);
    return rows;
  }

  private static PutParameterResponse write(Side side, Consumer<PutParameterRequest.Builder> more) {
    return side.ssm().putParameter(x -> more.accept(x.name("/a").value("1").type("String")));
  }

  private static void versions(Rows rows) {
    rows.row("PutParameter", "A name in use is ParameterAlreadyExists without Overwrite", side -> {
      put(side, "/a", "1");
      assertThat(refusal(() -> put(side, "/a", "2"))).isEqualTo("ParameterAlreadyExists");
      assertThat(side.ssm().getParameter(x -> x.name("/a")).parameter().value()).isEqualTo("1");
    });
    rows.row("PutParameter", "Overwriting makes the next version, also of an equal text", side -> {
      assertThat(write(side, each -> each.overwrite(true)).version()).isEqualTo(1);
      assertThat(write(side, each -> each.overwrite(true)).version()).isEqualTo(2);
    });
    rows.row("PutParameter", "A type is needed to create, not to overwrite", side -> {
      assertThat(refusal(() -> write(side, each -> each.type((String) null)))).isEqualTo(INVALID);
      put(side, "/a", "1");
      overwrite(side, "/a", "2");
    });
    rows.row("PutParameter", "The type stays: another is HierarchyTypeMismatchException", side -> {
          put(side, "/a", "1");
          assertThat(refusal(() -> write(side, each -> each.type("SecureString").overwrite(true))))
              .isIn("HierarchyTypeMismatchException", "HierarchyTypeMismatch");
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto changes the type");
    rows.row(
        "PutParameter",
        "Tags and Overwrite exclude each other",
        side -> assertThat(refusal(() -> write(
                side,
                each ->
                    each.overwrite(true).tags(Tag.builder().key("k").value("v").build()))))
            .isEqualTo(INVALID));
  }

  private static void sizes(Rows rows) {
    rows.row("PutParameter", "Standard takes 4 KB", side -> {
          assertThat(write(side, each -> each.value("x".repeat(4_096))).tierAsString())
              .isEqualTo("Standard");
          assertThat(refusal(() ->
                  write(side, each -> each.overwrite(true).value("x".repeat(4_097)))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row("PutParameter", "Advanced takes 8 KB", side -> {
          assertThat(write(side, each -> each.tier("Advanced").value("x".repeat(8_192)))
                  .tierAsString())
              .isEqualTo("Advanced");
          assertThat(refusal(() -> write(
                  side, each -> each.overwrite(true).tier("Advanced").value("x".repeat(8_193)))))
              .isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row("PutParameter", "Intelligent-Tiering takes Advanced over 4 KB", side -> {
          String tier = "Intelligent-Tiering";
          assertThat(write(side, each -> each.tier(tier)).tierAsString()).isEqualTo("Standard");
          assertThat(write(side, each -> each.tier(tier).overwrite(true).value("x".repeat(4_097)))
                  .tierAsString())
              .isEqualTo("Advanced");
        })
        .movesAway(
            "but was: \"Intelligent-Tiering\"",
            "The local world, as documented: moto stores Intelligent-Tiering as if it were a tier");
    rows.row(
            Rows.DOCS + "systems-manager/latest/userguide/parameter-store-advanced-parameters.html",
            "There is no way back from Advanced",
            side -> {
              write(side, each -> each.tier("Advanced"));
              assertThat(refusal(() -> write(side, each -> each.tier("Standard").overwrite(true))))
                  .isEqualTo(INVALID);
            })
        .movesAway("none: the call was answered", "The local world, as documented: moto goes back");
  }

  private static void named(Rows rows) {
    List.of("/aws/mine", "SSM-mine").forEach(bad -> misnamed(rows, bad));
    for (String bad : List.of("/my config", "shop/config", "/a/", "/a$b")) {
      misnamed(rows, bad)
          .movesAway(
              "none: the call was answered",
              "The local world, as documented: moto looks at aws and ssm only");
    }
    rows.row("PutParameter", "A hierarchy has up to 15 levels", side -> {
          put(side, "/l".repeat(15), "1");
          assertThat(refusal(() -> put(side, "/l".repeat(16), "1")))
              .isIn("HierarchyLevelLimitExceededException", "HierarchyLevelLimitExceeded");
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row("PutParameter", "Names differ by case", side -> {
      put(side, "/a", "1");
      put(side, "/A", "2");
      assertThat(side.ssm().getParameter(x -> x.name("/A")).parameter().value()).isEqualTo("2");
    });
  }

  private static Rows misnamed(Rows rows, String bad) {
    return rows.row(
        "PutParameter",
        "No parameter is named " + bad,
        side -> assertThat(refusal(() -> put(side, bad, "1")))
            .isNotEqualTo("none: the call was answered"));
  }

  private static void values(Rows rows) {
    rows.row(
            "PutParameter",
            "A text may not hold {{…}}",
            side -> assertThat(refusal(() -> put(side, "/a", "a {{ssm:b}} c"))).isEqualTo(INVALID))
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto takes it; a config that Parameter Store refuses must be refused in tests too");
    rows.row("PutParameter", "A text that AllowedPattern does not match is refused", side -> {
          write(side, each -> each.allowedPattern("^\\d+$"));
          assertThat(refusal(() ->
                  write(side, each -> each.value("x").allowedPattern("^\\d+$").overwrite(true))))
              .isIn("ParameterPatternMismatchException", "ParameterPatternMismatch");
        })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto does not look at the pattern");
    rows.row(
            "PutParameter",
            "A pattern that is none is InvalidAllowedPatternException",
            side -> assertThat(refusal(() -> write(side, each -> each.allowedPattern("("))))
                .isIn("InvalidAllowedPatternException", "InvalidAllowedPattern"))
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto does not look at the pattern");
    rows.row(
        "PutParameter",
        "An unknown type is refused",
        side -> assertThat(refusal(() -> write(side, each -> each.type("Number"))))
            .isIn("UnsupportedParameterType", INVALID));
  }

  private static void deleting(Rows rows) {
    rows.row(
        "DeleteParameter",
        "Deleting what is not there is ParameterNotFound",
        side -> assertThat(refusal(() -> side.ssm().deleteParameter(x -> x.name("/none"))))
            .isEqualTo("ParameterNotFound"));
    rows.row(
        "DeleteParameters",
        "DeleteParameters says what it deleted and what was not there",
        side -> {
          put(side, "/a", "1");
          var answer = side.ssm().deleteParameters(x -> x.names("/a", "/none"));
          assertThat(answer.deletedParameters()).containsExactly("/a");
          assertThat(answer.invalidParameters()).containsExactly("/none");
          assertThat(refusal(() -> side.ssm().getParameter(x -> x.name("/a"))))
              .isEqualTo("ParameterNotFound");
        });
    rows.row(
            "DeleteParameters",
            "DeleteParameters takes up to 10 names",
            side -> assertThat(refusal(
                    () -> side.ssm().deleteParameters(x -> x.names(Fixture.names("/p", 11)))))
                .isEqualTo(INVALID))
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
  }
}
