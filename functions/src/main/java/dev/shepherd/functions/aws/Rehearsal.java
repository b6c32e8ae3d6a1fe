package dev.shepherd.functions.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * One scheduled look, dry, at a fleet of one service that is made up: the whole path of a handler,
 * from the event through the SDK and the planner to the answer, with an identity that is made up,
 * no network, and a clock that stands at the epoch. All of it is thrown away.
 */
public final class Rehearsal {
  private static final String EVENT = "{\"detail-type\": \"Scheduled Event\","
      + " \"source\": \"aws.events\", \"time\": \"1970-01-01T00:00:00Z\", \"detail\": {}}";

  private static final Map<String, String> ENVIRONMENT =
      Map.of("SHEPHERD_CLUSTERS", "rehearsal", "SHEPHERD_DRY_RUN", "true");

  private static final String PARAMETER = """
      {"Parameters": [{"Name": "/collectors/rehearsal", "Type": "String", "Tier": "Standard",
        "Version": 1, "LastModifiedDate": 0, "Value": "receivers: {otlp: {protocols: {grpc: {}}}}\\n\
      exporters: {debug: {}}\\nextensions: {health_check: {}}\\nservice: {extensions: [health_check],\
       pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}\\n"}]}
      """;

  /** What AWS would say; {@code {}} to all else. */
  private static final Map<String, String> ANSWERS = Map.of(
      "DescribeParameters",
      PARAMETER,
      "GetParameters",
      PARAMETER,
      "GetParameterHistory",
      PARAMETER,
      "ListServices",
      """
      {"serviceArns": ["arn:aws:ecs:us-east-1:111122223333:service/rehearsal/gateway"]}
      """,
      "DescribeServices",
      """
      {"services": [{"serviceName": "gateway", "status": "ACTIVE", "launchType": "FARGATE",
        "serviceArn": "arn:aws:ecs:us-east-1:111122223333:service/rehearsal/gateway",
        "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/rehearsal",
        "taskDefinition": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
        "schedulingStrategy": "REPLICA", "desiredCount": 1, "runningCount": 1, "pendingCount": 0,
        "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
        "deployments": [{"id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": "COMPLETED",
          "taskDefinition": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
          "desiredCount": 1, "runningCount": 1, "createdAt": 0, "updatedAt": 0}]}]}
      """,
      "DescribeTaskDefinition",
      """
      {"taskDefinition": {"family": "gateway", "revision": 1, "status": "ACTIVE", "cpu": "256",
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
        "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "memory": "512",
        "containerDefinitions": [{"name": "collector", "essential": true,
          "image": "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0",
          "secrets": [{"name": "AOT_CONFIG_CONTENT", "valueFrom": "/collectors/rehearsal"}]}]}}
      """,
      "ListTasks",
      """
      {"taskArns": ["arn:aws:ecs:us-east-1:111122223333:task/rehearsal/0123456789abcdef"]}
      """,
      "DescribeTasks",
      """
      {"tasks": [{"taskArn": "arn:aws:ecs:us-east-1:111122223333:task/rehearsal/0123456789abcdef",
        "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/rehearsal", "version": 1,
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/gateway:1",
        "group": "service:gateway", "startedBy": "ecs-svc/1", "availabilityZone": "us-east-1a",
        "lastStatus": "RUNNING", "desiredStatus": "RUNNING", "createdAt": 0, "startedAt": 0,
        "containers": [{"name": "collector", "lastStatus": "RUNNING", "healthStatus": "UNKNOWN"}]}]}
      """);

  private Rehearsal() {}

  /** Plays it, and returns what the handler's double answered. */
  static String play(Rehearsed handler) throws IOException {
    AwsClients madeUp = new AwsClients(
        new Answering(),
        DefaultRetryStrategy.doNotRetry(),
        List.of(),
        Optional.of(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("rehearsal", "rehearsal"))),
        Optional.empty());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler
        .like(ENVIRONMENT, madeUp, () -> Instant.EPOCH)
        .handleRequest(
            new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)),
            answer,
            new RehearsalContext());
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** The SDK's HTTP client, with nothing behind it. */
  private static final class Answering implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return answer(request);
        }

        @Override
        public void abort() {}
      };
    }

    private static HttpExecuteResponse answer(HttpExecuteRequest request) {
      String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
      String operation = target.substring(target.lastIndexOf('.') + 1);
      byte[] body = ANSWERS.getOrDefault(operation, "{}").getBytes(StandardCharsets.UTF_8);
      return HttpExecuteResponse.builder()
          .response(SdkHttpResponse.builder().statusCode(200).build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
          .build();
    }

    @Override
    public void close() {}
  }
}
