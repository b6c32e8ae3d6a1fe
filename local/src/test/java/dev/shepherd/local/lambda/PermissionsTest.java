package dev.shepherd.local.lambda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.shepherd.functions.registration.RegistrationAws;
import dev.shepherd.functions.replacement.ReplacementAws;
import dev.shepherd.functions.rollout.RolloutAws;
import dev.shepherd.functions.status.StatusAws;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the template names must be what the code has. */
final class PermissionsTest {
  private static final Map<String, Class<?>> PORTS = Map.of(
      "ConfigRollout", RolloutAws.class,
      "TaskReplacement", ReplacementAws.class,
      "RegistrationSync", RegistrationAws.class,
      "FleetStatus", StatusAws.class);

  /** Granted to every function beyond its port's calls, and why. */
  private static final Map<String, String> RUNNING = Map.of(
      "logs:CreateLogStream", "Lambda writes the function's log in its name",
      "logs:PutLogEvents", "Lambda writes the function's log in its name");

  /** Granted to every function that has a queue, and why. */
  private static final Map<String, String> POLLING = Map.of(
      "sqs:ReceiveMessage", "Lambda polls the queue in the function's name",
      "sqs:DeleteMessage", "Lambda polls the queue in the function's name",
      "sqs:GetQueueAttributes", "Lambda polls the queue in the function's name");

  /** Granted to one function beyond its port's calls, and why. */
  private static final Map<String, Map<String, String>> EXTRAS = Map.of(
      "ConfigRollout",
      Map.of(
          "ecs:TagResource", "RegisterTaskDefinition with tags asks for it",
          "iam:PassRole", "RegisterTaskDefinition and UpdateService hand the task's roles to ECS",
          "kms:Decrypt", "GetParameters of a SecureString",
          "kms:Encrypt", "PutParameter of a SecureString, standard tier",
          "kms:GenerateDataKey", "PutParameter of a SecureString, advanced tier"),
      "TaskReplacement",
      Map.of("kms:Decrypt", "GetParameters of a SecureString"),
      "FleetStatus",
      Map.of("kms:Decrypt", "GetParameters of a SecureString"),
      "RegistrationSync",
      Map.of(
          "route53:GetHostedZone", "RegisterInstance in a DNS namespace",
          "route53:ChangeResourceRecordSets", "RegisterInstance and DeregisterInstance, DNS",
          "route53:CreateHealthCheck", "RegisterInstance where the service has a Route 53 check",
          "route53:GetHealthCheck", "RegisterInstance where the service has a Route 53 check",
          "route53:UpdateHealthCheck", "RegisterInstance where the service has a Route 53 check",
          "route53:DeleteHealthCheck", "DeregisterInstance of an instance with such a check"));

  private final Template template = Project.template();

  @Test
  void everyRoleAllowsExactlyItsPort() {
    assertThat(template.functions()).allSatisfy(function -> {
      Set<String> wanted = new TreeSet<>(RUNNING.keySet());
      wanted.addAll(function.hasQueue() ? POLLING.keySet() : Set.of());
      wanted.addAll(requireNonNull(EXTRAS.get(function.name())).keySet());
      wanted.addAll(actions(requireNonNull(PORTS.get(function.name()))));
      assertThat(template.actions(function)).isEqualTo(wanted);
    });
  }

  /** {@code describeTasks(DescribeTasksRequest)} of ECS's model is {@code ecs:DescribeTasks}. */
  private static Set<String> actions(Class<?> port) {
    return Arrays.stream(port.getMethods())
        .map(PermissionsTest::action)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String action(Method call) {
    Class<?> request = call.getParameterTypes()[0];
    String service = request.getPackageName().replaceAll("^.*\\.(services|aws)\\.|\\.model$", "");
    String operation = request.getSimpleName().replaceFirst("Request$", "");
    assertThat(call.getName()).isEqualToIgnoringCase(operation);
    return service.replace("eventbridge", "events") + ":" + operation;
  }

  @Test
  void everyHandlerExistsWithBothItsConstructors() {
    assertThat(template.functions()).allSatisfy(function -> {
      Class<?> handler = Class.forName(function.handler());
      assertThat(handler).isPublic();
      assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
      assertThat(handler.getConstructors())
          .extracting(constructor -> constructor.getParameterCount())
          .containsExactlyInAnyOrder(0, 4);
    });
  }

  /** The status may be shown to many: whoever can start it can change nothing by it. */
  @Test
  void theStatusReadsOnly() {
    assertThat(actions(StatusAws.class))
        .allMatch(action -> action.matches("[a-z]+:(Describe|Get|List)[A-Za-z]+"));
  }
}
