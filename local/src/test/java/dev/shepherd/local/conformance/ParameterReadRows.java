package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.overwrite;
import static dev.shepherd.local.conformance.Fixture.put;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;

/** Reading parameters by name. */
final class ParameterReadRows {
  private ParameterReadRows() {}

  static Rows rows() {
    Rows rows = Rows.ssm("reading");
    one(rows);
    several(rows);
    secure(rows);
    history(rows);
    return rows;
  }

  private static void one(Rows rows) {
    rows.row(
        "GetParameter",
        "A parameter shows its name, ARN, version, type and when it changed",
        side -> {
          put(side, "/shop/config", "a");
          Parameter shown = get(side, "/shop/config");
          assertThat(shown.name()).isEqualTo("/shop/config");
          assertThat(shown.value()).isEqualTo("a");
          assertThat(shown.version()).isEqualTo(1);
          assertThat(shown.typeAsString()).isEqualTo("String");
          assertThat(shown.dataType()).isEqualTo("text");
          assertThat(shown.arn()).endsWith(":parameter/shop/config");
          assertThat(shown.lastModifiedDate()).isNotNull();
        });
    rows.row("GetParameter", "A parameter's ARN does for its name", side -> {
      put(side, "/shop/config", "a");
      String arn = get(side, "/shop/config").arn();
      assertThat(get(side, arn).name()).isEqualTo("/shop/config");
    });
    rows.row(
            "GetParameter",
            "name:version reads that version; Name stays bare, Selector says which",
            side -> {
              put(side, "/shop/config", "a");
              overwrite(side, "/shop/config", "b");
              Parameter first = get(side, "/shop/config:1");
              assertThat(first.value()).isEqualTo("a");
              assertThat(first.name()).isEqualTo("/shop/config");
              assertThat(first.selector()).isEqualTo(":1");
            })
        .movesAway(
            "expected: \":1\"\n but was: null",
            "The local world, as documented: moto reads the version, and says no Selector");
    rows.row(
        "GetParameter",
        "An unknown name is ParameterNotFound",
        side -> assertThat(refusal(() -> get(side, "/none"))).isEqualTo("ParameterNotFound"));
    rows.row("GetParameter", "An unknown version is ParameterVersionNotFound", side -> {
      put(side, "/shop/config", "a");
      assertThat(refusal(() -> get(side, "/shop/config:2"))).isEqualTo("ParameterVersionNotFound");
    });
  }

  private static Parameter get(Side side, String name) {
    return side.ssm().getParameter(x -> x.name(name)).parameter();
  }

  private static void several(Rows rows) {
    rows.row("GetParameters", "GetParameters takes up to 10 names", side -> {
      assertThat(side.ssm().getParameters(x -> x.names(names("/p", 10))).invalidParameters())
          .hasSize(10);
      assertThat(refusal(() -> side.ssm().getParameters(x -> x.names(names("/p", 11)))))
          .isEqualTo("ValidationException");
    });
    rows.row(
        "GetParameters",
        "What GetParameters does not find is in InvalidParameters, with HTTP 200",
        side -> {
          put(side, "/a", "1");
          var answer = side.ssm().getParameters(x -> x.names("/a", "/none", "/a:7"));
          assertThat(answer.parameters()).extracting(Parameter::name).containsExactly("/a");
          assertThat(answer.invalidParameters()).containsExactlyInAnyOrder("/none", "/a:7");
        });
    rows.row("GetParameters", "The answer of GetParameters is in alphabetical order", side -> {
          // Ten, so that the order of a set is never that of the alphabet by chance.
          var inOrder = names("/p", 10).stream().sorted().toList();
          inOrder.reversed().forEach(name -> put(side, name, "1"));
          assertThat(side.ssm().getParameters(x -> x.names(inOrder.reversed())).parameters())
              .extracting(Parameter::name)
              .containsExactlyElementsOf(inOrder);
        })
        .movesAway(
            "at these indexes",
            "The local world, as documented: moto answers in the order of a set");
    rows.row("GetParameters", "GetParameters takes versions, each with its Selector", side -> {
          put(side, "/a", "1");
          overwrite(side, "/a", "2");
          assertThat(side.ssm().getParameters(x -> x.names("/a:1")).parameters())
              .singleElement()
              .satisfies(each -> {
                assertThat(each.value()).isEqualTo("1");
                assertThat(each.selector()).isEqualTo(":1");
              });
        })
        .movesAway(
            "expected: \":1\"\n but was: null",
            "The local world, as documented: moto says no Selector");
  }

  private static void secure(Rows rows) {
    rows.row("GetParameter", "A SecureString is its text only with WithDecryption", side -> {
          side.ssm().putParameter(x -> x.name("/s").value("text").type("SecureString"));
          assertThat(get(side, "/s").value()).doesNotContain("text");
          assertThat(side.ssm()
                  .getParameter(x -> x.name("/s").withDecryption(true))
                  .parameter())
              .satisfies(each -> {
                assertThat(each.value()).isEqualTo("text");
                assertThat(each.typeAsString()).isEqualTo("SecureString");
              });
        })
        .movesAway(
            "kms:alias/aws/ssm:text", "The local world: moto shows the text behind the key's name");
    rows.row(
        "PutParameter",
        "A SecureString without a KeyId is under the account's key, alias/aws/ssm",
        side -> {
          side.ssm().putParameter(x -> x.name("/s").value("text").type("SecureString"));
          assertThat(side.ssm().describeParameters().parameters().getFirst().keyId())
              .isEqualTo("alias/aws/ssm");
          overwrite(side, "/s", "other");
          assertThat(get(side, "/s").typeAsString()).as("the type stays").isEqualTo("SecureString");
        });
    rows.row("GetParameter", "WithDecryption means nothing for a String", side -> {
      put(side, "/a", "text");
      assertThat(side.ssm()
              .getParameter(x -> x.name("/a").withDecryption(true))
              .parameter()
              .value())
          .isEqualTo("text");
    });
  }

  private static void history(Rows rows) {
    rows.row(
            "GetParameterHistory",
            "The history goes from the oldest version, with who and when",
            side -> {
              put(side, "/a", "1");
              overwrite(side, "/a", "2");
              List<ParameterHistory> versions =
                  side.ssm().getParameterHistory(x -> x.name("/a")).parameters();
              assertThat(versions).extracting(ParameterHistory::version).containsExactly(1L, 2L);
              assertThat(versions.getFirst().value()).isEqualTo("1");
              assertThat(versions.getFirst().lastModifiedUser()).startsWith("arn:aws:");
              assertThat(versions.getFirst().tierAsString()).isEqualTo("Standard");
            })
        .movesAway("N/A", "The local world, as documented: moto does not know who");
    rows.row("GetParameterHistory", "GetParameterHistory gives up to 50 a page", side -> {
      put(side, "/a", "0");
      names("v", 50).forEach(value -> overwrite(side, "/a", value));
      List<Integer> pages = new ArrayList<>();
      side.ssm()
          .getParameterHistoryPaginator(x -> x.name("/a"))
          .forEach(page -> pages.add(page.parameters().size()));
      assertThat(pages).containsExactly(50, 1);
      assertThat(refusal(() -> side.ssm().getParameterHistory(x -> x.name("/a").maxResults(51))))
          .isEqualTo("ValidationException");
    });
    rows.row(
        "GetParameterHistory",
        "The history of an unknown name is ParameterNotFound",
        side -> assertThat(refusal(() -> side.ssm().getParameterHistory(x -> x.name("/none"))))
            .isEqualTo("ParameterNotFound"));
    rows.row(
        Rows.DOCS + "systems-manager/latest/userguide/sysman-paramstore-versions.html",
        "100 versions are kept: one more drops the oldest",
        side -> {
          put(side, "/a", "0");
          names("v", 100).forEach(value -> overwrite(side, "/a", value));
          assertThat(refusal(() -> get(side, "/a:1"))).isEqualTo("ParameterVersionNotFound");
          assertThat(get(side, "/a:2").value()).isEqualTo("v0");
          assertThat(get(side, "/a").version()).isEqualTo(101);
        });
  }
}
