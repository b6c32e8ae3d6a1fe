package dev.shepherd.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

final class SsmApiTest {
  private final LocalAws aws = new LocalAws();

  private void put(String name, String text) {
    aws.ssm.putParameter(
        each -> each.name(name).value(text).type(ParameterType.STRING).overwrite(true));
  }

  @Test
  void keepsVersionsAndAnswersTheSelector() {
    put("/collectors/a", "one");
    put("/collectors/a", "two");

    assertThat(aws.ssm.getParameter(each -> each.name("/collectors/a")).parameter())
        .satisfies(each -> assertThat(each.value()).isEqualTo("two"))
        .satisfies(each -> assertThat(each.version()).isEqualTo(2))
        .satisfies(each -> assertThat(each.arn())
            .isEqualTo("arn:aws:ssm:eu-west-1:111122223333:parameter/collectors/a"));
    assertThat(aws.ssm.getParameter(each -> each.name("/collectors/a:1")).parameter())
        .satisfies(each -> assertThat(each.value()).isEqualTo("one"))
        .satisfies(each -> assertThat(each.selector()).isEqualTo(":1"));
    assertThat(aws.ssm.getParameterHistory(each -> each.name("/collectors/a")).parameters())
        .extracting(each -> each.value())
        .containsExactly("one", "two");
  }

  @Test
  void dropsTheOldestOfMoreThanAHundredVersions() {
    for (int i = 1; i <= 103; i++) {
      put("/collectors/a", "v" + i);
    }
    List<Long> versions =
        aws.ssm.getParameterHistoryPaginator(each -> each.name("/collectors/a")).stream()
            .flatMap(page -> page.parameters().stream())
            .map(each -> each.version())
            .toList();
    assertThat(versions).hasSize(100).startsWith(4L).endsWith(103L);
    assertThat(aws.face.calls().get("ssm:GetParameterHistory")).isEqualTo(2);
  }

  private static ParameterStringFilter filter(String key, String option, String value) {
    return ParameterStringFilter.builder().key(key).option(option).values(value).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void failuresArriveAsTheSdksOwnExceptions() {
    put("/collectors/a", "one");
    assertThatThrownBy(() ->
            aws.ssm.putParameter(each -> each.name("/collectors/a").value("x").type("String")))
        .isInstanceOf(ParameterAlreadyExistsException.class);
    assertThatThrownBy(() -> aws.ssm.getParameter(each -> each.name("/none")))
        .isInstanceOf(ParameterNotFoundException.class);
  }

  @Test
  void choosesTheTierBySizeWhenAskedTo() {
    var answer = aws.ssm.putParameter(each -> each.name("/collectors/big")
        .value("x".repeat(5000))
        .type("String")
        .tier(ParameterTier.INTELLIGENT_TIERING));
    assertThat(answer.tier()).isEqualTo(ParameterTier.ADVANCED);
    assertThatThrownBy(() -> aws.ssm.putParameter(
            each -> each.name("/collectors/big").value("x").tier("Standard").overwrite(true)))
        .hasMessageContaining("can't downgrade");
  }

  @Test
  void sealsASecureStringUntilItIsDecrypted() {
    aws.ssm.putParameter(each -> each.name("/s").value("text").type("SecureString"));
    assertThat(aws.ssm.getParameter(each -> each.name("/s")).parameter().value())
        .doesNotContain("text");
    assertThat(aws.ssm
            .getParameter(each -> each.name("/s").withDecryption(true))
            .parameter()
            .value())
        .isEqualTo("text");
    assertThat(aws.ssm.describeParameters().parameters().getFirst().keyId())
        .isEqualTo("alias/aws/ssm");
  }

  @Test
  void namesInvalidParametersInsteadOfFailing() {
    put("/collectors/a", "one");
    var answer =
        aws.ssm.getParameters(each -> each.names("/collectors/a", "/x", "/collectors/a:9"));
    assertThat(answer.parameters()).hasSize(1);
    assertThat(answer.invalidParameters()).containsExactly("/x", "/collectors/a:9");
    assertThatThrownBy(() -> aws.ssm.getParameters(
            each -> each.names(IntStream.range(0, 11).mapToObj(i -> "/p" + i).toList())))
        .hasMessageContaining("less than or equal to 10");
  }

  @Test
  void pagesListingsAndFilters() {
    IntStream.range(0, 23).forEach(i -> put("/collectors/f%02d".formatted(i), "x"));
    put("/collectors/deep/one", "x");
    put("/other", "x");

    assertThat(aws.ssm.getParametersByPathPaginator(each -> each.path("/collectors")).stream()
            .map(page -> page.parameters().size()))
        .containsExactly(10, 10, 3);
    assertThat(aws
            .ssm
            .describeParametersPaginator(each ->
                each.maxResults(50).parameterFilters(filter("Path", "Recursive", "/collectors")))
            .stream()
            .flatMap(page -> page.parameters().stream()))
        .hasSize(24);
    assertThat(aws.ssm
            .describeParameters(each -> each.parameterFilters(filter("Name", "BeginsWith", "/oth")))
            .parameters())
        .extracting(each -> each.name())
        .containsExactly("/other");
  }

  @Test
  void steersByTags() {
    put("/collectors/a", "one");
    aws.ssm.addTagsToResource(each -> each.resourceType(ResourceTypeForTagging.PARAMETER)
        .resourceId("/collectors/a")
        .tags(tag("shepherd:paused", "true"), tag("owner", "me")));
    aws.ssm.removeTagsFromResource(each -> each.resourceType(ResourceTypeForTagging.PARAMETER)
        .resourceId("/collectors/a")
        .tagKeys("owner"));
    assertThat(aws.ssm
            .listTagsForResource(each ->
                each.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("/collectors/a"))
            .tagList())
        .containsExactly(tag("shepherd:paused", "true"));
  }

  @Test
  void tellsOfChangesWithoutAVersion() {
    aws.ssm.putParameter(
        each -> each.name("/collectors/a").value("1").type("String").description("the config"));
    put("/collectors/a", "2");
    aws.ssm.deleteParameter(each -> each.name("/collectors/a"));

    assertThat(aws.events("Parameter Store Change"))
        .extracting(each -> each.get("detail").get("operation").textValue())
        .containsExactly("Create", "Update", "Delete");
    assertThat(aws.events.getFirst().get("detail").toString())
        .isEqualTo(
            "{\"operation\":\"Create\",\"name\":\"/collectors/a\",\"type\":\"String\",\"description\":\"the config\"}");
    assertThat(aws.events.getFirst().get("resources").get(0).textValue())
        .isEqualTo("arn:aws:ssm:eu-west-1:111122223333:parameter/collectors/a");
  }
}
