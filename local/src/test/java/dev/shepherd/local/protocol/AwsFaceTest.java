package dev.shepherd.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.ssm.model.SsmException;

final class AwsFaceTest {
  private final LocalAws aws = new LocalAws();

  private AwsFace.Answer call(String target, String body) {
    return aws.face.call(target, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesWhatIsNoJsonOrNoOperation() {
    assertThat(call("AmazonSSM.GetParameter", "{").body().get("__type").textValue())
        .isEqualTo("SerializationException");
    assertThat(
            call("AmazonSSM.GetParameter", "{\"Name\":7}").body().get("__type").textValue())
        .isEqualTo("SerializationException");
    assertThat(call("AmazonSSM.Nothing", "{}").body().get("__type").textValue())
        .isEqualTo("UnknownOperationException");
    assertThat(call("nonsense", "{}").status()).isEqualTo(400);
  }

  @Test
  void keepsEmptyListsAndLeavesOutWhatIsUnset() {
    String answer = call(
            "AmazonEC2ContainerServiceV20141113.DescribeServices",
            "{\"cluster\":\"prod\",\"services\":[\"x\"]}")
        .body()
        .toString();
    assertThat(answer)
        .isEqualTo(
            "{\"services\":[],\"failures\":[{\"arn\":\"arn:aws:ecs:eu-west-1:111122223333:service/prod/x\",\"reason\":\"MISSING\"}]}");
  }

  @Test
  void deniesAndFailsAsItIsTold() {
    Faults faults = new Faults(1)
        .deny((operation, request) -> operation.equals("ssm:GetParameter")
            && request.path("Name").asText().startsWith("/secret"));
    aws.face.hook(faults);
    aws.world.parameters().put("/secret/a", "x");
    aws.world.parameters().put("/open", "x");
    assertThatThrownBy(() -> aws.ssm.getParameter(each -> each.name("/secret/a")))
        .isInstanceOfSatisfying(
            SsmException.class,
            failure -> assertThat(failure.awsErrorDetails().errorCode())
                .isEqualTo("AccessDeniedException"));
    assertThat(aws.ssm.getParameter(each -> each.name("/open")).parameter().value())
        .isEqualTo("x");

    faults.rates(1, 0);
    assertThatThrownBy(() -> aws.ssm.getParameter(each -> each.name("/open")))
        .isInstanceOfSatisfying(
            SsmException.class,
            failure -> assertThat(failure.isThrottlingException()).isTrue());
    faults.rates(0, 1);
    assertThatThrownBy(() -> aws.ssm.getParameter(each -> each.name("/open")))
        .isInstanceOfSatisfying(
            SsmException.class, failure -> assertThat(failure.statusCode()).isEqualTo(500));
    assertThat(aws.face.calls()).containsEntry("ssm:GetParameter", 4);
  }

  @Test
  void rewritesRawAnswers() {
    aws.face.rewrite((operation, answer) ->
        operation.equals("ecs:ListClusters") ? answer.put("novelty", true) : answer);
    assertThat(
            call("AmazonEC2ContainerServiceV20141113.ListClusters", "{}").body().toString())
        .endsWith("\"novelty\":true}");
  }

  @Test
  void takesEventsEachByItself() {
    var entry = PutEventsRequestEntry.builder().detailType("Hello");
    var answer = aws.bus.putEvents(each -> each.entries(
        entry.source("shepherd").detail("{\"a\":1}").build(),
        entry.source("aws.ecs").detail("{}").build(),
        entry.source("shepherd").detail("no").build()));
    assertThat(answer.failedEntryCount()).isEqualTo(2);
    assertThat(answer.entries().get(1).errorCode()).isEqualTo("NotAuthorizedForSourceException");
    assertThat(aws.events).singleElement().satisfies(event -> {
      assertThat(event.get("source").textValue()).isEqualTo("shepherd");
      assertThat(event.get("detail").toString()).isEqualTo("{\"a\":1}");
      assertThat(event.get("id").textValue())
          .isEqualTo(answer.entries().getFirst().eventId());
    });
  }
}
