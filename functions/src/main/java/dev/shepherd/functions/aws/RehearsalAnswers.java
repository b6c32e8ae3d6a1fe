package dev.shepherd.functions.aws;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the AWS of a rehearsal says: one cluster with one service of one collector, pinned, well and
 * registered in Cloud Map. Its fleet was adopted, or is seen for the first time.
 *
 * @param adopted whether Shepherd has parameters of its own there
 */
record RehearsalAnswers(boolean adopted) {
  private static final String SOURCE = "/collectors/rehearsal";
  private static final String OWN = "/shepherd" + SOURCE;

  /** Of {@link #CONFIG}; a test fails when it is not. */
  private static final String SNAPSHOT = OWN + "/revisions/8bb8b9cc924a";

  private static final String CONFIG = """
      extensions: {health_check: {endpoint: 0.0.0.0:13133}}\\n\
      receivers: {otlp: {protocols: {grpc: {endpoint: 0.0.0.0:4317}}}}\\n\
      processors: {memory_limiter: {check_interval: 1s, limit_mib: 100}, batch: {timeout: 1s}}\\n\
      exporters: {awsxray: {region: us-east-1}}\\n\
      service: {extensions: [health_check], pipelines: {traces: {receivers: [otlp],\
       processors: [memory_limiter, batch], exporters: [awsxray]}}}\\n\
      """;

  private static final String STATE = """
      {\\"schema\\": 1, \\"live\\": \\"8bb8b9cc924a\\", \\"completed\\": [\\"8bb8b9cc924a\\"],\
       \\"phase\\": \\"idle\\", \\"since\\": \\"1970-01-01T00:00:00Z\\", \\"moving\\": [],\
       \\"findings\\": [], \\"quarantined\\": [], \\"wellAtStart\\": 100, \\"proofs\\": [],\
       \\"retiring\\": false}\
      """;

  private static final Map<String, String> VALUES = Map.of(
      SOURCE, CONFIG, OWN + "/current", CONFIG, OWN + "/live", SNAPSHOT, OWN + "/state", STATE);

  private static final String TASK = "0123456789abcdef0123456789abcdef";

  private static final String NETWORK = """
      "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-0a"],
        "securityGroups": ["sg-0a"], "assignPublicIp": "DISABLED"}}\
      """;

  /** To what is the same in each round; {@code {}} to all else. */
  private static final Map<String, String> ANSWERS = Map.of(
      "DescribeParameters",
      """
      {"Parameters": [{"Name": "/collectors/rehearsal", "Type": "String", "Tier": "Standard",
        "Version": 1, "LastModifiedDate": 0, "LastModifiedUser": "rehearsal", "Policies": []}]}
      """,
      "ListTagsForResource",
      """
      {"TagList": [{"Key": "owner", "Value": "rehearsal"}]}
      """,
      "ListServices",
      """
      {"serviceArns": ["arn:aws:ecs:us-east-1:111122223333:service/rehearsal/gateway"]}
      """,
      "DescribeServices",
      """
      {"failures": [], "services": [{"serviceName": "gateway", "status": "ACTIVE",
        "serviceArn": "arn:aws:ecs:us-east-1:111122223333:service/rehearsal/gateway",
        "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/rehearsal",
        "taskDefinition": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
        "launchType": "FARGATE", "platformVersion": "1.4.0", "schedulingStrategy": "REPLICA",
        "desiredCount": 1, "runningCount": 1, "pendingCount": 0, "loadBalancers": [],
        "serviceRegistries":
          [{"registryArn": "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1"}],
        "deploymentController": {"type": "ECS"},
        "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100,
          "strategy": "ROLLING", "deploymentCircuitBreaker": {"enable": true, "rollback": true}},
        "deployments": [{"id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": "COMPLETED",
          "taskDefinition": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
          "desiredCount": 1, "runningCount": 1, "pendingCount": 0, "failedTasks": 0,
          "createdAt": 0, "updatedAt": 0, "launchType": "FARGATE", NETWORK}],
        "events": [{"id": "1", "createdAt": 0, "message": "has reached a steady state."}],
        "placementConstraints": [], "placementStrategy": [], "createdAt": 0, NETWORK,
        "tags": [{"key": "owner", "value": "rehearsal"}], "propagateTags": "NONE"}]}
      """.replace("NETWORK", NETWORK),
      "DescribeTaskDefinition",
      """
      {"taskDefinition": {"family": "gateway", "revision": 1, "status": "ACTIVE", "cpu": "256",
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
        "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "memory": "512",
        "executionRoleArn": "arn:aws:iam::111122223333:role/rehearsal", "volumes": [],
        "containerDefinitions": [{"name": "collector", "essential": true, "environment": [],
          "image": "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0",
          "portMappings": [{"containerPort": 4317, "protocol": "tcp"}], "mountPoints": [],
          "healthCheck": {"command": ["CMD", "/healthcheck"], "interval": 5, "timeout": 3},
          "secrets": [{"name": "AOT_CONFIG_CONTENT", "valueFrom": "SNAPSHOT"}]}]},
        "tags": [{"key": "owner", "value": "rehearsal"}]}
      """.replace("SNAPSHOT", SNAPSHOT),
      "ListTasks",
      """
      {"taskArns": ["arn:aws:ecs:us-east-1:111122223333:task/rehearsal/TASK"]}
      """.replace("TASK", TASK),
      "DescribeTasks",
      """
      {"failures": [], "tasks": [{"version": 1, "cpu": "256", "memory": "512",
        "taskArn": "arn:aws:ecs:us-east-1:111122223333:task/rehearsal/TASK",
        "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/rehearsal",
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
        "group": "service:gateway", "startedBy": "ecs-svc/1", "availabilityZone": "us-east-1a",
        "lastStatus": "RUNNING", "desiredStatus": "RUNNING", "createdAt": 0, "startedAt": 0,
        "launchType": "FARGATE", "healthStatus": "HEALTHY", "connectivity": "CONNECTED",
        "attachments": [{"id": "1", "type": "ElasticNetworkInterface", "status": "ATTACHED",
          "details": [{"name": "privateIPv4Address", "value": "10.0.0.5"}]}],
        "containers": [{"name": "collector", "lastStatus": "RUNNING", "healthStatus": "HEALTHY",
          "runtimeId": "0123456789abcdef-1", "imageDigest": "sha256:0123456789abcdef",
          "image": "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0",
          "networkInterfaces": [{"privateIpv4Address": "10.0.0.5"}]}],
        "tags": [{"key": "owner", "value": "rehearsal"}]}]}
      """.replace("TASK", TASK),
      "ListInstances",
      """
      {"Instances": [{"Id": "TASK", "Attributes": {"AWS_INSTANCE_IPV4": "10.0.0.5",
        "AVAILABILITY_ZONE": "us-east-1a", "REGION": "us-east-1", "ECS_CLUSTER_NAME": "rehearsal",
        "ECS_SERVICE_NAME": "gateway", "ECS_TASK_DEFINITION_FAMILY": "gateway"}}]}
      """.replace("TASK", TASK));

  /**
   * To one call.
   *
   * @param operation {@code DescribeTasks}
   * @param request its JSON
   */
  String to(String operation, String request) {
    if (operation.equals("GetParameters") || operation.equals("GetParameterHistory")) {
      return parameters(request);
    }
    if (operation.equals("ListTasks") && request.contains("\"startedBy\"")) {
      return "{\"taskArns\": []}"; // Extra tasks are asked for so; there are none.
    }
    return ANSWERS.getOrDefault(operation, "{}");
  }

  private String parameters(String request) {
    return VALUES.entrySet().stream()
        .filter(each -> request.contains("\"" + each.getKey() + "\""))
        .filter(each -> adopted || each.getKey().equals(SOURCE))
        .map(each -> """
            {"Name": "%s", "Type": "String", "Version": 1, "LastModifiedDate": 0,
              "DataType": "text", "Tier": "Standard", "Value": "%s"}\
            """.formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining(", ", "{\"Parameters\": [", "], \"InvalidParameters\": []}"));
  }
}
