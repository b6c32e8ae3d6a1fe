package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.put;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Tags on parameters. */
final class ParameterTagRows {
  private ParameterTagRows() {}

  static Rows rows() {
    Rows rows = Rows.ssm("tags");
    rows.row(
        "AddTagsToResource",
        "Adding a key again changes its value; removing what is not there is no error",
        side -> {
          put(side, "/a", "1");
          add(side, "/a", "k", "1");
          add(side, "/a", "k", "2");
          add(side, "/a", "other", "3");
          assertThat(shown(side, "/a")).containsExactlyInAnyOrder("k=2", "other=3");
          side.ssm()
              .removeTagsFromResource(
                  x -> x.resourceType("Parameter").resourceId("/a").tagKeys("k", "never"));
          assertThat(shown(side, "/a")).containsExactly("other=3");
        });
    rows.row(
        "PutParameter", "Tags may come with a new parameter, and outlive overwriting", side -> {
          side.ssm()
              .putParameter(x -> x.name("/a")
                  .value("1")
                  .type("String")
                  .tags(Tag.builder().key("k").value("v").build()));
          Fixture.overwrite(side, "/a", "2");
          assertThat(shown(side, "/a")).containsExactly("k=v");
        });
    rows.row("AddTagsToResource", "An unknown parameter is InvalidResourceId", side -> {
      assertThat(refusal(() -> add(side, "/none", "k", "v"))).isEqualTo("InvalidResourceId");
      assertThat(refusal(() -> shown(side, "/none"))).isEqualTo("InvalidResourceId");
    });
    rows.row("AddTagsToResource", "A parameter has up to 50 tags: TooManyTagsError", side -> {
          put(side, "/a", "1");
          List<Tag> fifty = names("k", 50).stream()
              .map(key -> Tag.builder().key(key).value("v").build())
              .toList();
          side.ssm()
              .addTagsToResource(
                  x -> x.resourceType("Parameter").resourceId("/a").tags(fifty));
          assertThat(refusal(() -> add(side, "/a", "one-more", "v"))).isEqualTo("TooManyTagsError");
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row("Tag", "Keys that begin with aws: are AWS's own", side -> {
          put(side, "/a", "1");
          assertThat(refusal(() -> add(side, "/a", "aws:k", "v"))).isEqualTo("ValidationException");
        })
        .movesAway("none: the call was answered", "The local world: moto takes them");
    rows.row("Tag", "A value has no comma, nor other characters out of the pattern", side -> {
          put(side, "/a", "1");
          assertThat(refusal(() -> add(side, "/a", "k", "a,b"))).isEqualTo("ValidationException");
        })
        .movesAway(
            "none: the call was answered",
            "The local world, as documented: moto takes any; a list in a tag would work in tests and fail on AWS");
    rows.row(
            "DeleteParameter",
            "A parameter that is deleted and made anew has no tags, and version 1",
            side -> {
              put(side, "/a", "1");
              Fixture.overwrite(side, "/a", "2");
              add(side, "/a", "k", "v");
              side.ssm().deleteParameter(x -> x.name("/a"));
              side.pass(java.time.Duration.ofSeconds(31));
              put(side, "/a", "1");
              assertThat(shown(side, "/a")).isEmpty();
              assertThat(side.ssm().getParameter(x -> x.name("/a")).parameter().version())
                  .isEqualTo(1);
            })
        .movesAway(
            "k=v", "The local world: tags go with their resource; in moto the name keeps them");
    return rows;
  }

  private static void add(Side side, String name, String key, String value) {
    side.ssm()
        .addTagsToResource(x -> x.resourceType("Parameter")
            .resourceId(name)
            .tags(Tag.builder().key(key).value(value).build()));
  }

  private static List<String> shown(Side side, String name) {
    return side
        .ssm()
        .listTagsForResource(x -> x.resourceType("Parameter").resourceId(name))
        .tagList()
        .stream()
        .map(tag -> tag.key() + "=" + tag.value())
        .toList();
  }
}
