package dev.shepherd.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.world.World;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PoliciesTest {
  private static final String TASK = "arn:aws:ecs:eu-west-1:111122223333:task/prod/0123";
  private static final String ALLOW = "{'Effect': 'Allow', 'Action': 'ecs:StopTask', 'Resource': ";
  private static final Ask STOP = Ask.of("ecs:StopTask", TASK);

  private static Policies policies(String statements) throws JsonProcessingException {
    String json = "[{'PolicyDocument': {'Statement': [" + statements + "]}}]";
    return Policies.read(new ObjectMapper().readTree(json.replace('\'', '"')));
  }

  private static String when(String condition) {
    return ALLOW + "'*', 'Condition': {" + condition + "}}";
  }

  static Stream<Arguments> asked() {
    String cluster =
        "'ArnLike': {'ecs:cluster': ['arn:*:ecs:*:*:cluster/dev', 'arn:*:ecs:*:*:cluster/prod']}";
    String tagged = "'Null': {'aws:ResourceTag/shepherd:fleet': 'false'}";
    String keys = "'ForAllValues:StringEquals': {'aws:TagKeys': ['a', 'b']}";
    Ask inProd = STOP.with("ecs:cluster", "arn:aws:ecs:eu-west-1:111122223333:cluster/prod");
    return Stream.of(
        argumentSet("no statement", "", STOP, false),
        argumentSet("everything", ALLOW + "'*'}", STOP, true),
        argumentSet("in any case", ALLOW + "'*'}", Ask.of("ECS:stoptask", TASK), true),
        argumentSet("another action", ALLOW + "'*'}", Ask.of("ecs:RunTask", TASK), false),
        argumentSet("the ARN itself", ALLOW + "'" + TASK + "'}", STOP, true),
        argumentSet("below a cluster", ALLOW + "'arn:aws:ecs:*:*:task/prod/*'}", STOP, true),
        argumentSet("of another", ALLOW + "'arn:aws:ecs:*:*:task/dev/*'}", STOP, false),
        argumentSet("another type", ALLOW + "'arn:aws:ecs:*:*:service/*'}", STOP, false),
        argumentSet("a prefix alone", ALLOW + "'arn:aws:ecs:*:*:task/'}", STOP, false),
        argumentSet(
            "wildcards stay in their part", ALLOW + "'arn:aws:*:task/prod/*'}", STOP, false),
        argumentSet(
            "a wildcard in the middle",
            "{'Effect': 'Allow', 'Action': 'x:*', 'Resource': 'arn:aws:x:::a/*/live'}",
            Ask.of("x:Y", "arn:aws:x:::a/b/c/live"),
            true),
        argumentSet(
            "one of a list",
            "{'Effect': 'Allow', 'Action': ['a:B', 'ecs:StopTask'], 'Resource': ['arn:aws:x:::y', '*']}",
            STOP,
            true),
        argumentSet(
            "denied whatever else",
            ALLOW + "'*'}, {'Effect': 'Deny', 'Action': 'ecs:*', 'Resource': '*'}",
            STOP,
            false),
        argumentSet(
            "what is denied is another",
            ALLOW + "'*'}, {'Effect': 'Deny', 'Action': 'ecs:RunTask', 'Resource': '*'}",
            STOP,
            true),
        argumentSet("in its cluster", when(cluster), inProd, true),
        argumentSet(
            "in another",
            when(cluster),
            STOP.with("ecs:cluster", "arn:aws:ecs:eu-west-1:111122223333:cluster/production"),
            false),
        argumentSet("the key is not there", when(cluster), STOP, false),
        argumentSet(
            "the key in another case",
            when("'StringEquals': {'ECS:Cluster': 'x'}"),
            STOP.with("ecs:cluster", "x"),
            true),
        argumentSet(
            "values in another case",
            when("'StringEquals': {'k': 'x'}"),
            STOP.with("k", "X"),
            false),
        argumentSet("tagged", when(tagged), STOP.with("aws:ResourceTag/shepherd:fleet", "x"), true),
        argumentSet("not tagged", when(tagged), STOP, false),
        argumentSet("only these keys", when(keys), STOP.with("aws:TagKeys", "a"), true),
        argumentSet("one more key", when(keys), STOP.with("aws:TagKeys", "a", "c"), false),
        argumentSet("all of several", when(cluster + ", " + tagged), inProd, false));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void answersAsIamDoes(String statements, Ask ask, boolean allowed)
      throws JsonProcessingException {
    assertThat(policies(statements).allow(ask)).isEqualTo(allowed);
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        argumentSet("a member", "{'Effect': 'Allow', 'NotAction': 'x:Y', 'Resource': '*'}"),
        argumentSet("an effect", "{'Effect': 'Perhaps', 'Action': 'x:Y', 'Resource': '*'}"),
        argumentSet("an operator", when("'StringLikeIfExists': {'k': 'x'}")));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void refusesWhatItDoesNotKnow(String statement) {
    assertThatThrownBy(() -> policies(statement)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsWhatEachCallAsks() {
    assertThatThrownBy(() -> new Asks(new World(1, Instant.EPOCH))
            .of("ecs:DeleteCluster", new ObjectMapper().createObjectNode()))
        .hasMessageContaining("ecs:DeleteCluster");
  }
}
