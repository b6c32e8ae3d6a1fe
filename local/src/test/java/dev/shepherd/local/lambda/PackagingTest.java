package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The artifact that {@code mvn package} built just before these tests. */
final class PackagingTest {
  private static final Path ZIP = Project.ROOT.resolve("functions/target/shepherd-functions.zip");

  /**
   * <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">A direct
   * upload's limit is 50 MB.</a>
   */
  private static final long LIMIT = 25_000_000;

  @Test
  void holdsTheHandlersAndNoSecondHttpClientLoggerOrMapper() throws IOException {
    List<String> names;
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      names = zip.stream().map(Object::toString).toList();
    }
    assertThat(Project.template().functions())
        .allSatisfy(function ->
            assertThat(names).contains(function.handler().replace('.', '/') + ".class"));
    assertThat(names)
        .noneMatch(
            name -> name.matches(
                "lib/(netty|apache-client|url-connection|aws-crt|jackson|log4j|logback|junit|slf4j-simple).*"))
        .filteredOn(name -> name.startsWith("lib/slf4j-"))
        .hasSize(2);
    assertThat(Files.size(ZIP)).isLessThan(LIMIT);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void answersAForeignEventThroughAwsRuntimeInterfaceClient()
      throws IOException, InterruptedException {
    Template.Function function = Project.template().functions().getFirst();
    JsonNode event = Project.event("parameter-update");
    event.withObject("/detail").put("name", "/billing/password");

    BuiltFunction.Result result = new BuiltFunction(ZIP, function)
        .invoke(
            event.toString().getBytes(StandardCharsets.UTF_8),
            Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_REGION", "eu-west-1"));

    assertThat(result.failed()).as(result.json()).isFalse();
    assertThat(new ObjectMapper().readTree(result.json()).isObject()).isTrue();
  }
}
