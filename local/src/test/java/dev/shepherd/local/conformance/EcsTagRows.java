package dev.shepherd.local.conformance;

import static dev.shepherd.local.conformance.Fixture.PROD;
import static dev.shepherd.local.conformance.Fixture.definition;
import static dev.shepherd.local.conformance.Fixture.names;
import static dev.shepherd.local.conformance.Fixture.service;
import static dev.shepherd.local.conformance.Fixture.shop;
import static dev.shepherd.local.conformance.Fixture.task;
import static dev.shepherd.local.conformance.Row.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Tags on what ECS has. */
final class EcsTagRows {
  private static final String INVALID = "InvalidParameterException";

  private EcsTagRows() {}

  static Rows rows() {
    Rows rows = Rows.ecs("tags");
    rows.row("TagResource", "TagResource sets its keys, and leaves the others", side -> {
      String arn = shop(side);
      tag(side, arn, tags("a", "1"));
      tag(side, arn, tags("b", "2"));
      tag(side, arn, tags("a", "3"));
      assertThat(shown(side, arn)).containsExactlyInAnyOrder("a=3", "b=2");
      side.ecs().untagResource(x -> x.resourceArn(arn).tagKeys("a"));
      assertThat(shown(side, arn)).containsExactly("b=2");
    });
    rows.row("TagResource", "Services take tags by their long ARN", side -> {
      String definition = shop(side);
      String arn = side.ecs()
          .createService(service(side, "shop", definition).build())
          .service()
          .serviceArn();
      tag(side, arn, tags("a", "1"));
      assertThat(shown(side, arn)).containsExactly("a=1");
    });
    rows.row("TagResource", "Tasks take tags", side -> {
      shop(side);
      String arn = task(side, each -> each).taskArn();
      tag(side, arn, tags("a", "1"));
      assertThat(shown(side, arn)).containsExactly("a=1");
    });
    rows.row("TagResource", "Clusters take tags", side -> {
      shop(side);
      String arn = side.ecs()
          .describeClusters(x -> x.clusters(PROD))
          .clusters()
          .getFirst()
          .clusterArn();
      tag(side, arn, tags("a", "1"));
      assertThat(shown(side, arn)).containsExactly("a=1");
    });
    rows.row("TagResource", "A resource has up to 50 tags, whenever they came", side -> {
          String arn = shop(side);
          tag(
              side,
              arn,
              names("k", 50).stream().map(key -> tags(key, "v").getFirst()).toList());
          assertThat(refusal(() -> tag(side, arn, tags("one-more", "v")))).isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row("TagResource", "Keys that begin with aws: are AWS's own", side -> {
          String arn = shop(side);
          assertThat(refusal(() -> tag(side, arn, tags("aws:mine", "v")))).isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto takes them");
    rows.row("Tag", "A key has up to 128 characters, a value up to 256", side -> {
          String arn = shop(side);
          assertThat(refusal(() -> tag(side, arn, tags("k".repeat(129), "v")))).isEqualTo(INVALID);
          assertThat(refusal(() -> tag(side, arn, tags("k", "v".repeat(257))))).isEqualTo(INVALID);
        })
        .movesAway(
            "none: the call was answered", "The local world, as documented: moto has no bound");
    rows.row("DescribeServices", "Descriptions show tags only where asked: include TAGS", side -> {
      String definition = shop(side);
      side.ecs()
          .createService(service(side, "shop", definition).tags(tags("a", "1")).build());
      assertThat(side.ecs()
              .describeServices(x -> x.cluster(PROD).services("shop"))
              .services()
              .getFirst()
              .tags())
          .isEmpty();
      assertThat(side.ecs()
              .describeServices(x -> x.cluster(PROD).services("shop").includeWithStrings("TAGS"))
              .services()
              .getFirst()
              .tags())
          .hasSize(1);
    });
    rows.row("DescribeTaskDefinition", "Definitions show tags only where asked, too", side -> {
      side.ecs().registerTaskDefinition(definition("shop").tags(tags("a", "1")).build());
      assertThat(
              side.ecs().describeTaskDefinition(x -> x.taskDefinition("shop")).tags())
          .isEmpty();
      assertThat(side.ecs()
              .describeTaskDefinition(x -> x.taskDefinition("shop").includeWithStrings("TAGS"))
              .tags())
          .hasSize(1);
    });
    rows.row("CreateService", "propagateTags SERVICE gives a service's tags to its tasks", side -> {
          String definition = shop(side);
          side.ecs()
              .createService(service(side, "shop", definition)
                  .desiredCount(1)
                  .propagateTags("SERVICE")
                  .tags(tags("a", "1"))
                  .build());
          side.pass(java.time.Duration.ofMinutes(3));
          List<String> tasks = side.ecs().listTasks(x -> x.cluster(PROD)).taskArns();
          assertThat(tasks).hasSize(1);
          assertThat(shown(side, tasks.getFirst())).contains("a=1");
        })
        .movesAway("Expected size: 1 but was: 0", "The local world: moto's services have no tasks");
    return rows;
  }

  private static List<Tag> tags(String key, String value) {
    return List.of(Fixture.tag(key, value));
  }

  private static void tag(Side side, String arn, List<Tag> tags) {
    side.ecs().tagResource(x -> x.resourceArn(arn).tags(tags));
  }

  private static List<String> shown(Side side, String arn) {
    return side.ecs().listTagsForResource(x -> x.resourceArn(arn)).tags().stream()
        .map(tag -> tag.key() + "=" + tag.value())
        .toList();
  }
}
