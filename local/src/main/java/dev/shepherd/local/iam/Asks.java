package dev.shepherd.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.World;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What AWS asks IAM about a call: actions, resources and condition keys as the <a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Service
 * Authorization Reference</a> lists them, the resources that the request really names. Where AWS
 * does not say, more is asked rather than less. A call that it does not know is a mistake here.
 */
public final class Asks {
  private final EcsAsks ecs;
  private final SsmAsks ssm;

  public Asks(World world) {
    ecs = new EcsAsks(world.ecs());
    ssm = new SsmAsks(world.parameters());
  }

  /** All must be allowed. */
  public List<Ask> of(String operation, ObjectNode request) {
    return switch (operation) {
      case String ecsCall when ecsCall.startsWith("ecs:") -> ecs.of(ecsCall, request);
      case String ssmCall when ssmCall.startsWith("ssm:") -> ssm.of(ssmCall, request);
      case "servicediscovery:GetService" -> List.of(cloudMap(operation, request.path("Id")));
      case "servicediscovery:ListInstances",
          "servicediscovery:GetInstancesHealthStatus",
          "servicediscovery:UpdateInstanceCustomHealthStatus" ->
        List.of(cloudMap(operation, request.path("ServiceId")));
      case "servicediscovery:RegisterInstance", "servicediscovery:DeregisterInstance" ->
        List.of(cloudMap(operation, request.path("ServiceId")), dns(), zone());
      case "servicediscovery:GetOperation", "ec2:DescribeInstances", "cloudwatch:DescribeAlarms" ->
        List.of(Ask.of(operation, "*"));
      case "events:PutEvents" ->
        items(request.path("Entries")).map(entry -> event(operation, entry)).toList();
      default -> throw new IllegalArgumentException("what IAM is asked of " + operation + "?");
    };
  }

  private static Ask cloudMap(String action, JsonNode service) {
    return Ask.of(action, Arns.of("servicediscovery", "service/" + last(service.asText())));
  }

  /** Cloud Map writes the records of a DNS namespace with its caller's rights. */
  private static Ask dns() {
    return Ask.of("route53:ChangeResourceRecordSets", HOSTED_ZONE)
        .with("route53:ChangeResourceRecordSetsRecordTypes", "A");
  }

  private static Ask zone() {
    return Ask.of("route53:GetHostedZone", HOSTED_ZONE);
  }

  /** The local world knows namespaces, but not their zones. */
  private static final String HOSTED_ZONE = "arn:aws:route53:::hostedzone/Z0000000000000000000";

  private static Ask event(String action, JsonNode entry) {
    return Ask.of(action, Arns.of("events", "event-bus/default"))
        .with("events:source", entry.path("Source").asText())
        .with("events:detail-type", entry.path("DetailType").asText());
  }

  static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** What follows the last slash: the id in an ARN, or the id itself. */
  static String last(String idOrArn) {
    return idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
  }
}
