package dev.shepherd.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.CalledFunction;
import dev.shepherd.local.lambda.Template;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Runs FleetStatus in this process and prints what it says. */
final class StatusCommand implements Command {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By which system properties the SDK takes what {@link Endpoint} gives as variables. */
  private static final Map<String, String> PROPERTIES = Map.of(
      "AWS_ENDPOINT_URL", "aws.endpointUrl",
      "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
      "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
      "AWS_REGION", "aws.region");

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    Arguments parsed = Arguments.parse(
        arguments, Set.of("--endpoint-url", "--fleet"), Set.of("--json", "--color"));
    if (!parsed.rest().isEmpty()) {
      throw new UsageException("takes no arguments; name one fleet with --fleet");
    }
    ObjectNode event = JSON.createObjectNode();
    parsed.value("--fleet").ifPresent(fleet -> event.put("fleet", fleet));
    if (!parsed.has("--json")) {
      event.put("format", "text").put("color", parsed.has("--color"));
    }
    Runnable restore = parsed.value("--endpoint-url").isPresent()
        ? pointAt(Endpoint.of(parsed.value("--endpoint-url"), System.getenv()))
        : () -> {};
    CalledFunction.Result answer;
    try {
      answer = call(event.toString());
    } finally {
      restore.run();
    }
    answer.log().forEach(System.err::println);
    JsonNode json = JSON.readTree(answer.json());
    if (json.has("error")) {
      throw new UsageException(json.path("error").asText());
    }
    if (json.isTextual()) {
      out.print(json.asText());
    } else {
      out.println(json.toPrettyString());
    }
    return answer.log().isEmpty() ? 0 : 1; // A line for each thing that could not be read.
  }

  /**
   * What the caller's own environment says stays with the SDK.
   *
   * @return puts everything back
   */
  private static Runnable pointAt(Endpoint endpoint) {
    Map<String, Optional<String>> before = new HashMap<>();
    PROPERTIES.forEach((variable, property) -> Optional.ofNullable(
            endpoint.environment().get(variable))
        .filter(value -> !value.equals(System.getenv(variable)))
        .ifPresent(value ->
            before.put(property, Optional.ofNullable(System.setProperty(property, value)))));
    return () -> before.forEach((property, value) -> value.ifPresentOrElse(
        old -> System.setProperty(property, old), () -> System.clearProperty(property)));
  }

  private static CalledFunction.Result call(String event) throws IOException {
    Path root = Path.of(System.getProperty("shepherd.root", "."));
    Template.Function function =
        Template.read(root.resolve("template.yaml"), Map.of()).function("FleetStatus");
    Map<String, String> own = new HashMap<>();
    System.getenv().forEach((name, value) -> {
      if (name.startsWith("SHEPHERD_")) {
        own.put(name, value);
      }
    });
    try (SdkHttpClient http = Apache5HttpClient.create()) {
      return new CalledFunction(
              function.with(own),
              http,
              AwsRetryStrategy.standardRetryStrategy(),
              InstantSource.system())
          .call(event);
    } catch (IllegalStateException unmade) {
      if (unmade.getCause() != null && unmade.getCause().getCause() instanceof SdkException why) {
        throw new UsageException(why.getMessage() + "; --endpoint-url names a local world");
      }
      throw unmade;
    }
  }
}
