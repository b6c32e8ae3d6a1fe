package dev.shepherd.local.lambda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shepherd.local.iam.Ask;
import dev.shepherd.local.iam.Policies;
import dev.shepherd.local.iam.Statement;
import dev.shepherd.local.world.Arns;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the template's roles allow and deny, by simulation; that no call of the functions is denied
 * is held in every simulated run ({@code Stand}, {@code DemoTest}). Each row that is denied stands
 * beside one that is allowed, lest it be denied for a slip of the pen.
 */
final class RolesTest {
  private static final String ROLE = "arn:aws:iam::" + Arns.ACCOUNT + ":role/";
  private static final String KEY = Arns.of("kms", "key/1111");
  private static final String ZONE = "arn:aws:route53:::hostedzone/Z111";
  private static final String CLOUD_MAP = Arns.of("servicediscovery", "service/srv-ours");

  private static final Map<String, Policies> ROLES = Project.template(Map.of(
          "Clusters", "prod,staging",
          "TaskRoleArns", ROLE + "checkout-task," + ROLE + "tasks/*",
          "KmsKeyArns", KEY,
          "CloudMapServiceArns", CLOUD_MAP,
          "HostedZoneArns", ZONE))
      .roles();

  private static final Map<String, Policies> BY_DEFAULT = Project.template().roles();

  /**
   * {@code *} for an action that AWS lets narrow by resource, and why. Where the resource is none,
   * there is nothing to narrow.
   */
  private static final Map<String, String> WIDE = Map.of(
      "ecs:ListTasks", "its resource is a container instance; the cluster is its condition",
      "cloudwatch:DescribeAlarms", "composite alarms are shown in no other way",
      "servicediscovery:GetOperation", "asks for the namespace too, which no ECS service names");

  private static Ask ecs(String action, String resource, String cluster) {
    return Ask.of("ecs:" + action, Arns.of("ecs", resource))
        .with("ecs:cluster", Arns.of("ecs", "cluster/" + cluster));
  }

  private static Ask put(String name, boolean overwrite) {
    return ssm("PutParameter", name).with("ssm:Overwrite", Boolean.toString(overwrite));
  }

  private static Ask ssm(String action, String name) {
    return Ask.of("ssm:" + action, Arns.of("ssm", "parameter" + name));
  }

  private static Ask ours(Ask ask) {
    return ask.with("aws:ResourceTag/shepherd:fleet", "/collectors/gateway");
  }

  private static Ask tag(String resource, String key) {
    return Ask.of("ecs:TagResource", Arns.of("ecs", resource)).with("aws:TagKeys", key);
  }

  private static Ask pass(String role, String service) {
    return Ask.of("iam:PassRole", ROLE + role).with("iam:PassedToService", service);
  }

  private static Ask kms(String action, String key, String via) {
    return Ask.of("kms:" + action, key).with("kms:ViaService", via);
  }

  private static Ask event(String bus, String source, String type) {
    return Ask.of("events:PutEvents", Arns.of("events", "event-bus/" + bus))
        .with("events:source", source)
        .with("events:detail-type", type);
  }

  private static Ask tells(String type) {
    return event("default", "shepherd", type);
  }

  private static Ask bearing(String tag, Ask ask) {
    return ask.with("aws:RequestTag/" + tag, "x");
  }

  private static Ask records(String zone, String type) {
    return Ask.of("route53:ChangeResourceRecordSets", zone)
        .with("route53:ChangeResourceRecordSetsRecordTypes", type);
  }

  private static Ask cloudMap(String action, String service) {
    return Ask.of("servicediscovery:" + action, Arns.of("servicediscovery", "service/" + service));
  }

  private static Arguments row(String what, String function, Ask allowed, Ask denied) {
    return argumentSet(function + ": " + what, function, allowed, denied);
  }

  static Stream<Arguments> rollout() {
    String f = "ConfigRollout";
    String live = "/shepherd/collectors/gateway/live";
    String snapshot = "/shepherd/collectors/gateway/revisions/0123456789ab";
    String ssm = "ssm." + Arns.REGION + ".amazonaws.com";
    return Stream.of(
        row("the operator's config", f, put(live, true), put("/collectors/gateway", true)),
        row(
            "what looks like a snapshot, below the operator's prefix",
            f,
            put(snapshot, false),
            put("/collectors/gateway/revisions/0123456789ab", false)),
        row("a snapshot again", f, put(snapshot, false), put(snapshot, true)),
        row(
            "another stack's prefix",
            f,
            put(live, true),
            put("/shepherd/other/gateway/live", true)),
        row(
            "another function's marks",
            f,
            put("/shepherd/collectors/gateway/state", true),
            put("/shepherd/collectors/gateway/replacements", true)),
        row(
            "deletes snapshots only",
            f,
            ssm("DeleteParameter", snapshot),
            ssm("DeleteParameter", live)),
        row(
            "deletes no config",
            f,
            ssm("DeleteParameter", snapshot),
            ssm("DeleteParameter", "/collectors/gateway")),
        row(
            "reads no other secrets",
            f,
            ssm("GetParameters", "/collectors/gateway"),
            ssm("GetParameters", "/database/password")),
        row(
            "another cluster's service",
            f,
            ecs("UpdateService", "service/prod/a", "prod"),
            ecs("UpdateService", "service/other/a", "other")),
        row(
            "a cluster whose name begins so",
            f,
            ecs("UpdateService", "service/prod/a", "prod"),
            ecs("UpdateService", "service/prod2/a", "prod2")),
        row(
            "runs probes and canaries only",
            f,
            bearing("shepherd:fleet", ecs("RunTask", "task-definition/a-shepherd-probe:1", "prod")),
            bearing("shepherd:fleet", ecs("RunTask", "task-definition/a:1", "prod"))),
        row(
            "runs nothing that it could not stop",
            f,
            bearing("shepherd:fleet", ecs("RunTask", "task-definition/a-shepherd-probe:1", "prod")),
            ecs("RunTask", "task-definition/a-shepherd-probe:1", "prod")),
        row(
            "registers nothing that is not marked",
            f,
            bearing("shepherd:config", ecs("RegisterTaskDefinition", "task-definition/a:*", "")),
            ecs("RegisterTaskDefinition", "task-definition/a:*", "")),
        row(
            "a service that is tagged out",
            f,
            ecs("UpdateService", "service/prod/a", "prod")
                .with("aws:ResourceTag/shepherd:managed", "true"),
            ecs("UpdateService", "service/prod/a", "prod")
                .with("aws:ResourceTag/shepherd:managed", "false")),
        row(
            "no canary elsewhere",
            f,
            bearing(
                "shepherd:fleet", ecs("RunTask", "task-definition/a-shepherd-canary:1", "staging")),
            bearing(
                "shepherd:fleet", ecs("RunTask", "task-definition/a-shepherd-canary:1", "other"))),
        row(
            "stops no service's task",
            f,
            ours(ecs("StopTask", "task/prod/1", "prod")),
            ecs("StopTask", "task/prod/1", "prod")),
        row(
            "stops nothing elsewhere",
            f,
            ours(ecs("StopTask", "task/prod/1", "prod")),
            ours(ecs("StopTask", "task/other/1", "other"))),
        row(
            "tags no service's task",
            f,
            ours(tag("task/prod/1", "shepherd:drain")),
            tag("task/prod/1", "shepherd:drain")),
        row(
            "only to drain",
            f,
            ours(tag("task/prod/1", "shepherd:drain")),
            ours(tag("task/prod/1", "owner"))),
        row(
            "drains nothing elsewhere",
            f,
            ours(tag("task/staging/1", "shepherd:drain")),
            ours(tag("task/other/1", "shepherd:drain"))),
        row(
            "tags no service",
            f,
            ours(tag("task/prod/1", "shepherd:drain")),
            tag("service/prod/a", "shepherd:managed")),
        row(
            "tags definitions as they are made",
            f,
            tag("task-definition/a:*", "x").with("ecs:CreateAction", "RegisterTaskDefinition"),
            tag("task-definition/a:1", "x")),
        row(
            "another role",
            f,
            pass("checkout-task", "ecs-tasks.amazonaws.com"),
            pass("admin", "ecs-tasks.amazonaws.com")),
        row(
            "the paths given",
            f,
            pass("tasks/gateway", "ecs-tasks.amazonaws.com"),
            pass("tasks2/gateway", "ecs-tasks.amazonaws.com")),
        row(
            "another service",
            f,
            pass("checkout-task", "ecs-tasks.amazonaws.com"),
            pass("checkout-task", "lambda.amazonaws.com")),
        row(
            "another key",
            f,
            kms("Decrypt", KEY, ssm),
            kms("Decrypt", Arns.of("kms", "key/2222"), ssm)),
        row(
            "the key, but not for Parameter Store",
            f,
            kms("GenerateDataKey", KEY, ssm),
            kms("GenerateDataKey", KEY, "s3." + Arns.REGION + ".amazonaws.com")),
        row("the key by itself", f, kms("Decrypt", KEY, ssm), Ask.of("kms:Decrypt", KEY)),
        row("in ECS's name", f, tells("Rollout Held"), event("default", "aws.ecs", "Rollout Held")),
        row(
            "on another bus",
            f,
            tells("Rollout Held"),
            event("payments", "shepherd", "Rollout Held")),
        row("asks itself for no restart", f, tells("Drain Requested"), tells("Restart Requested")),
        row(
            "another namespace's service",
            f,
            cloudMap("ListInstances", "srv-ours"),
            cloudMap("ListInstances", "srv-theirs")),
        row(
            "writes no Cloud Map",
            f,
            cloudMap("GetService", "srv-ours"),
            cloudMap("RegisterInstance", "srv-ours")));
  }

  static Stream<Arguments> others() {
    String replacement = "TaskReplacement";
    String registration = "RegistrationSync";
    String status = "FleetStatus";
    Ask stop = ecs("StopTask", "task/prod/1", "prod");
    Ask look = ecs("DescribeServices", "service/prod/a", "prod");
    return Stream.of(
        row("stops nothing elsewhere", replacement, stop, ecs("StopTask", "task/other/1", "other")),
        row("stops no probe and no canary", replacement, stop, ours(stop)),
        row(
            "tells of no rollout",
            replacement,
            tells("Restart Requested"),
            tells("Rollout Completed")),
        row(
            "asks for no drain",
            registration,
            tells("Registrations Held"),
            tells("Drain Requested")),
        row("deploys nothing", replacement, look, ecs("UpdateService", "service/prod/a", "prod")),
        row(
            "runs nothing",
            replacement,
            stop,
            ecs("RunTask", "task-definition/a-shepherd-probe:1", "prod")),
        row(
            "writes its marks only",
            replacement,
            put("/shepherd/collectors/gateway/replacements", true),
            put("/shepherd/collectors/gateway/state", true)),
        row("passes no role", replacement, stop, pass("checkout-task", "ecs-tasks.amazonaws.com")),
        row(
            "encrypts nothing",
            replacement,
            kms("Decrypt", KEY, "ssm." + Arns.REGION + ".amazonaws.com"),
            kms("Encrypt", KEY, "ssm." + Arns.REGION + ".amazonaws.com")),
        row("stops nothing", registration, look, stop),
        row(
            "another cluster's hosts",
            registration,
            ecs("DescribeContainerInstances", "container-instance/prod/1", "prod"),
            ecs("DescribeContainerInstances", "container-instance/other/1", "other")),
        row(
            "another namespace's service",
            registration,
            cloudMap("DeregisterInstance", "srv-ours"),
            cloudMap("DeregisterInstance", "srv-theirs")),
        row(
            "registers there neither",
            registration,
            cloudMap("RegisterInstance", "srv-ours"),
            cloudMap("RegisterInstance", "srv-theirs")),
        row(
            "makes no services",
            registration,
            cloudMap("GetService", "srv-ours"),
            cloudMap("DeleteService", "srv-ours")),
        row(
            "another zone's records",
            registration,
            records(ZONE, "A"),
            records("arn:aws:route53:::hostedzone/Z222", "A")),
        row("no name servers", registration, records(ZONE, "SRV"), records(ZONE, "NS")),
        row(
            "reads no config",
            registration,
            ssm("GetParameters", "/shepherd/collectors/gateway/registrations"),
            ssm("GetParameters", "/collectors/gateway")),
        row(
            "writes its marks only",
            registration,
            put("/shepherd/collectors/gateway/registrations", true),
            put("/shepherd/collectors/gateway/live", true)),
        row("another cluster", status, look, ecs("DescribeServices", "service/other/a", "other")),
        row(
            "writes nothing",
            status,
            ssm("GetParameters", "/shepherd/collectors/gateway/state"),
            put("/shepherd/collectors/gateway/state", true)),
        row("tells nobody", status, look, tells("Rollout Held")),
        row("stops nothing", status, look, stop));
  }

  @ParameterizedTest
  @MethodSource({"rollout", "others"})
  void allowsAndDenies(String function, Ask allowed, Ask denied) {
    Policies role = requireNonNull(ROLES.get(function));
    assertThat(role.allow(allowed)).as("%s", allowed).isTrue();
    assertThat(role.allow(denied)).as("%s", denied).isFalse();
  }

  /** Nobody can gain rights by them, or reach what others keep. */
  @Test
  void denyEveryoneWhatNobodyNeeds() {
    for (String action : Set.of(
        "iam:CreateRole",
        "iam:PutRolePolicy",
        "sts:AssumeRole",
        "lambda:UpdateFunctionCode",
        "lambda:InvokeFunction",
        "ecs:ExecuteCommand",
        "ecs:CreateService",
        "ecs:DeleteService",
        "ecs:DeleteTaskDefinitions",
        "ssm:AddTagsToResource",
        "ssm:SendCommand",
        "ssm:GetParameter",
        "ssm:GetParametersByPath",
        "secretsmanager:GetSecretValue",
        "s3:GetObject",
        "sqs:SendMessage",
        "events:PutRule",
        "sns:Publish",
        "cloudwatch:PutMetricData")) {
      ROLES.forEach((function, role) -> assertThat(
              role.allow(Ask.of(action, "*").with("ecs:cluster", Arns.of("ecs", "cluster/prod"))))
          .as("%s %s", function, action)
          .isFalse());
    }
  }

  @Test
  void withoutAParameterNoRoleIsPassedAndNoKeyUsed() {
    BY_DEFAULT.forEach((function, role) -> assertThat(role.statements())
        .as(function)
        .allSatisfy(statement -> assertThat(statement.actions())
            .noneMatch(action -> action.startsWith("kms:") || action.equals("iam:PassRole"))));
  }

  /**
   * IAM takes a resource of a wrong type and a condition key that the action does not know, and
   * then never allows anything by that statement. The facts are AWS's ({@code .ci/iam-actions.py}).
   */
  @Test
  void everyStatementFitsTheServiceAuthorizationReference() throws IOException {
    JsonNode facts;
    try (var file = RolesTest.class.getResourceAsStream("/iam/actions.json")) {
      facts = new ObjectMapper().readTree(file).path("actions");
    }
    ROLES.forEach((function, role) -> role.statements().forEach(statement -> {
      for (String action : statement.actions()) {
        String where = function + " " + statement.sid() + " " + action;
        assertThat(facts.has(action)).as("%s is not in actions.json", where).isTrue();
        assertThat(statement.resources().stream().anyMatch(arn -> fits(arn, action, facts)))
            .as("%s: none of %s", where, statement.resources())
            .isTrue();
        assertThat(statement.keys()).as(where).allMatch(key -> knows(facts.path(action), key));
      }
    }));
  }

  private static boolean fits(String arn, String action, JsonNode facts) {
    JsonNode types = facts.path(action).path("resources");
    if (arn.equals("*")) {
      return types.isEmpty() || WIDE.containsKey(action);
    }
    return arn.endsWith(".Arn") // The stack's own log group or queue, by its logical id.
        || StreamSupport.stream(types.spliterator(), false)
            .anyMatch(type -> type(type.asText()).equals(type(arn)));
  }

  /** {@code ecs:task}. */
  private static String type(String arn) {
    String[] parts = arn.split(":", 6);
    return parts[2] + ":" + parts[5].split("[/:]", 2)[0];
  }

  private static boolean knows(JsonNode action, String key) {
    return StreamSupport.stream(action.path("keys").spliterator(), false)
        .map(known -> known.asText().toLowerCase(Locale.ROOT).replace("${tagkey}", ""))
        .anyMatch(known -> known.endsWith("/")
            ? key.toLowerCase(Locale.ROOT).startsWith(known)
            : key.toLowerCase(Locale.ROOT).equals(known));
  }

  @Test
  void noReasonStandsForAWidthThatIsNotThere() {
    Set<String> wide = new TreeSet<>();
    ROLES.values().stream()
        .flatMap(role -> role.statements().stream())
        .filter(statement -> statement.resources().contains("*"))
        .map(Statement::actions)
        .forEach(wide::addAll);
    assertThat(wide).containsAll(WIDE.keySet());
  }

  /**
   * All inline policies of a role together may have <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">10,240
   * characters</a>, white space not counted; a stack parameter may have 4,096.
   */
  @Test
  void policiesStayWithinIamsQuotaWithTheLongestListOfRoles() throws IOException {
    JsonNode yaml = TemplateYaml.parse(Files.readString(Project.ROOT.resolve("template.yaml")));
    String roles = (ROLE + "x".repeat(64) + ",").repeat(42).replaceFirst(",$", "");
    assertThat(roles).hasSizeBetween(3_900, 4_096);
    Map<String, String> large = Map.of(
        "Clusters",
        "a-cluster-of-thirty-characters,another-one-of-thirty-letters",
        "TaskRoleArns",
        roles,
        "KmsKeyArns",
        Arns.of("kms", "key/01234567-89ab-cdef-0123-456789abcdef"));
    for (String function : ROLES.keySet()) {
      JsonNode policies = Intrinsics.of(yaml, large)
          .resolve(yaml.at("/Resources/" + function + "Role/Properties/Policies"));
      int size = 0;
      for (JsonNode policy : policies) {
        size += policy.path("PolicyDocument").toString().replaceAll("\\s", "").length();
      }
      assertThat(size).as(function).isLessThan(10_240);
    }
  }
}
