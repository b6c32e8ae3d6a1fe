package dev.shepherd.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.Tag;

final class PutParameterRefusalTest {
  private final LocalAws aws = new LocalAws();

  private void put(String name, String text) {
    aws.ssm.putParameter(
        each -> each.name(name).value(text).type(ParameterType.STRING).overwrite(true));
  }

  static Stream<Arguments> refusals() {
    UnaryOperator<PutParameterRequest.Builder> string = each -> each.type(ParameterType.STRING);
    return Stream.of(
        argumentSet("there already", "ParameterAlreadyExists", string),
        argumentSet(
            "standard over 4096 bytes",
            "ValidationException",
            change(each -> each.overwrite(true).value("é".repeat(2049)))),
        argumentSet(
            "advanced over 8192 bytes",
            "ValidationException",
            change(each -> each.overwrite(true).tier("Advanced").value("x".repeat(8193)))),
        argumentSet(
            "tags with overwrite",
            "ValidationException",
            change(each -> each.overwrite(true).tags(tag("a", "b")))),
        argumentSet(
            "nested parameter",
            "ValidationException",
            change(each -> each.overwrite(true).value("{{ssm:x}}"))),
        argumentSet(
            "another type",
            "HierarchyTypeMismatchException",
            change(each -> each.overwrite(true).type(ParameterType.SECURE_STRING))),
        argumentSet("no type", "ValidationException", change(each -> each.name("/collectors/new"))),
        argumentSet(
            "not fully qualified",
            "ValidationException",
            change(each -> each.name("collectors/new").type("String"))),
        argumentSet(
            "16 levels",
            "HierarchyLevelLimitExceededException",
            change(each -> each.name("/a".repeat(16)).type("String"))),
        argumentSet(
            "reserved",
            "ValidationException",
            change(each -> each.name("/aws/x").type("String"))));
  }

  private static UnaryOperator<PutParameterRequest.Builder> change(
      UnaryOperator<PutParameterRequest.Builder> change) {
    return change;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesAsAwsDoes(String code, UnaryOperator<PutParameterRequest.Builder> change) {
    put("/collectors/a", "one");
    PutParameterRequest request = change
        .apply(PutParameterRequest.builder().name("/collectors/a").value("two"))
        .build();

    assertThatThrownBy(() -> aws.ssm.putParameter(request))
        .isInstanceOfSatisfying(AwsServiceException.class, failure -> {
          assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
          assertThat(failure.statusCode()).isEqualTo(400);
        });
    assertThat(aws.world.parameters().get("/collectors/a").latest().version()).isEqualTo(1);
  }
}
