package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TemplateTest {
  private final Template template = Project.template();

  @Test
  void readsTheFunctions() {
    assertThat(template.functions())
        .extracting(Template.Function::name)
        .containsExactly("ConfigRollout", "FleetStatus", "RegistrationSync", "TaskReplacement");
    assertThat(template.functions()).first().satisfies(function -> {
      assertThat(function.name()).isEqualTo("ConfigRollout");
      assertThat(function.handler())
          .isEqualTo("dev.shepherd.functions.rollout.ConfigRolloutHandler");
      assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(60));
      assertThat(function.memoryMegabytes()).isEqualTo(512);
      assertThat(function.queue()).isEqualTo("ConfigRolloutQueue");
      assertThat(function.batchSize()).isEqualTo(10);
    });
  }

  @Test
  void fillsTheEnvironmentFromParameters() {
    Template other = Project.template(
        Map.of("Clusters", "prod, staging", "ConfigPrefix", "/otel/", "DryRun", "true"));

    assertThat(template.functions().getFirst().environment())
        .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
            Map.entry("SHEPHERD_CONFIG_PREFIX", "/collectors/"),
            Map.entry("SHEPHERD_CLUSTERS", "default"),
            Map.entry("SHEPHERD_DRY_RUN", "false"),
            Map.entry("SHEPHERD_SETTLE_SECONDS", "60"),
            Map.entry("SHEPHERD_START_MINUTES", "10"),
            Map.entry("SHEPHERD_WAVES", "25,50,100"),
            Map.entry("SHEPHERD_CANARY_PERCENT", "25"),
            Map.entry("SHEPHERD_MAX_CANARY_TASKS", "50"),
            Map.entry("SHEPHERD_PROBE_SECONDS", "60"),
            Map.entry("SHEPHERD_BAKE_MINUTES", "10"),
            Map.entry("SHEPHERD_PIN_BY_NAME", "atRollout"),
            Map.entry("SHEPHERD_DRIFT_REPAIR", "next"),
            Map.entry("SHEPHERD_DEPLOYMENT_MINUTES", "60"),
            Map.entry("SHEPHERD_MAX_CONCURRENT_DEPLOYMENTS", "5")));
    assertThat(other.functions().getFirst().environment())
        .containsEntry("SHEPHERD_CLUSTERS", "prod,staging")
        .containsEntry("SHEPHERD_CONFIG_PREFIX", "/otel/")
        .containsEntry("SHEPHERD_DRY_RUN", "true");
  }

  @Test
  void refusesAParameterThatItDoesNotHave() {
    assertThatThrownBy(() -> Project.template(Map.of("Cluster", "prod")))
        .hasMessage("the template has no parameter Cluster");
  }

  @Test
  void readsTheQueues() {
    assertThat(template.queues())
        .containsExactlyInAnyOrderElementsOf(template.functions().stream()
            .filter(Template.Function::hasQueue)
            .flatMap(function -> queues(function.name()))
            .toList());
  }

  /** A function's queue and where its dead letters go. */
  private static Stream<Template.Queue> queues(String function) {
    String deadLetters = function + "DeadLetters";
    return Stream.of(
        new Template.Queue(deadLetters, false, Duration.ofSeconds(30), Optional.empty()),
        new Template.Queue(
            function + "Queue",
            true,
            Duration.ofSeconds(90),
            Optional.of(new Template.Redrive(deadLetters, 5))));
  }

  @Test
  void everyRuleSendsToAQueueThatAFunctionReads() {
    Map<String, String> groups = Map.of(
        "ConfigRolloutQueue", "rollout",
        "TaskReplacementQueue", "replacement",
        "RegistrationSyncQueue", "registration");
    assertThat(template.rules()).hasSize(11).allSatisfy(rule -> {
      assertThat(template.functions()).extracting(Template.Function::queue).contains(rule.queue());
      assertThat(rule.group()).isEqualTo(groups.get(rule.queue()));
    });
    assertThat(template.rules())
        .filteredOn(rule -> rule.rate().isPresent())
        .extracting(Template.Rule::queue, Template.Rule::rate)
        .containsExactly(
            tuple("ConfigRolloutQueue", Optional.of(Duration.ofMinutes(1))),
            tuple("RegistrationSyncQueue", Optional.of(Duration.ofMinutes(5))),
            tuple("TaskReplacementQueue", Optional.of(Duration.ofMinutes(1))));
  }

  @Test
  void theVisibilityTimeoutIsLongerThanTheFunctions() {
    assertThat(template.functions())
        .filteredOn(Template.Function::hasQueue)
        .allSatisfy(function -> assertThat(template.queues())
            .filteredOn(queue -> queue.id().equals(function.queue()))
            .singleElement()
            .satisfies(queue -> assertThat(queue.visibility()).isGreaterThan(function.timeout())));
  }

  /**
   * A version keeps the settings that it was published with; only another description makes one.
   */
  @Test
  void everySettingOfAFunctionIsInTheDescriptionOfItsVersion() {
    assertThat(template.functions()).allSatisfy(function -> {
      JsonNode properties = yaml().at("/Resources/" + function.id() + "/Properties");
      assertThat(parameters(properties.path("VersionDescription")))
          .containsAll(parameters(properties.path("Environment")));
    });
  }

  /** Those of the template's parameters that a value is made from. */
  private static Set<String> parameters(JsonNode value) {
    JsonNode known = yaml().path("Parameters");
    return value.findValuesAsText("Ref").stream().filter(known::has).collect(Collectors.toSet());
  }

  /** An alarm on a metric that nobody sends would never ring. */
  @Test
  void alarmsAndDashboardKnowOnlyMetricsThatTheFunctionsSend() throws IOException {
    Set<String> sent = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Project.ROOT.resolve("functions/src/main/java"))) {
      for (Path source :
          sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher literal = Pattern.compile("\"([A-Z][A-Za-z]+)\"").matcher(Files.readString(source));
        literal.results().forEach(found -> sent.add(found.group(1)));
      }
    }
    Set<String> watched = new TreeSet<>();
    for (JsonNode resource : yaml().path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
        resource.findParents("MetricName").stream()
            .filter(metric -> metric.path("Namespace").asText().equals("Shepherd"))
            .forEach(metric -> watched.add(metric.path("MetricName").asText()));
      }
    }
    Pattern.compile("\"Shepherd\",\"([A-Za-z]+)\"")
        .matcher(
            yaml().at("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub").asText())
        .results()
        .forEach(metric -> watched.add(metric.group(1)));

    assertThat(watched).contains("Held", "OldestPhaseSeconds", "TasksReplaced");
    assertThat(sent).containsAll(watched);
  }

  /** What an operator can set, or is rung up by, is explained where operators look. */
  @Test
  void everyParameterAndEveryAlarmStandsInOperations() throws IOException {
    String operations = Files.readString(Project.ROOT.resolve("docs/operations.md"));
    Pattern perFunction = Pattern.compile("^(ConfigRollout|TaskReplacement|RegistrationSync)");
    Set<String> alarms = new TreeSet<>();
    yaml().path("Resources").properties().forEach(resource -> {
      if (resource.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
        alarms.add(perFunction.matcher(resource.getKey()).replaceFirst("<F>"));
      }
    });
    Set<String> told = Pattern.compile("(?m)^\\| `([A-Za-z<>]+Alarm)` \\|")
        .matcher(operations)
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toSet());

    assertThat(told).isEqualTo(alarms);
    assertThat(yaml().path("Parameters").fieldNames())
        .toIterable()
        .allSatisfy(
            name -> assertThat(operations.substring(operations.indexOf("## All parameters")))
                .contains("`" + name + "`"));
  }

  /**
   * With one <a
   * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions">nothing
   * would arrive</a> (docs/adr/0037).
   */
  @Test
  void theTopicLetsEventBridgeInWithoutACondition() {
    JsonNode statements =
        yaml().at("/Resources/NotificationsPolicy/Properties/PolicyDocument/Statement");

    assertThat(statements)
        .filteredOn(
            statement -> statement.at("/Principal/Service").asText().equals("events.amazonaws.com"))
        .singleElement()
        .satisfies(statement -> assertThat(statement.has("Condition")).isFalse());
  }

  @Test
  void theDashboardIsJson() {
    String body =
        yaml().at("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub").asText();

    assertThatCode(() -> new ObjectMapper().readTree(body)).doesNotThrowAnyException();
  }

  private static JsonNode yaml() {
    try {
      return TemplateYaml.parse(Files.readString(Project.ROOT.resolve("template.yaml")));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<Arguments> prefixes() {
    return Stream.of(
        argumentSet("the default", "/collectors/", true),
        argumentSet("two folders", "/otel/prod/", true),
        argumentSet("begins like Shepherd's own", "/shepherds/", true),
        argumentSet("everything", "/", false),
        argumentSet("Shepherd's own", "/shepherd/", false),
        argumentSet("below Shepherd's own", "/shepherd/x/", false),
        argumentSet("no slash at the end", "/collectors", false),
        argumentSet("no slash at the start", "collectors/", false),
        argumentSet("reserved by Parameter Store", "/AWS/x/", false),
        argumentSet("an empty folder", "/a//b/", false),
        argumentSet("a wildcard", "/a*/", false),
        argumentSet("too deep for the snapshots' names", "/1/2/3/4/5/6/7/8/9/10/", false));
  }

  @ParameterizedTest
  @MethodSource("prefixes")
  void allowsOnlyPrefixesThatWork(String prefix, boolean allowed) {
    Pattern pattern =
        Pattern.compile(yaml().at("/Parameters/ConfigPrefix/AllowedPattern").asText());

    assertThat(pattern.matcher(prefix).matches()).isEqualTo(allowed);
  }

  @Test
  void namesAFunctionThatItDoesNotKnow() {
    JsonNode yaml = TemplateYaml.parse("a: !Base64 x");

    assertThatThrownBy(() -> Intrinsics.of(yaml, Map.of()).resolve(yaml))
        .hasMessageContaining("Fn::Base64");
  }
}
