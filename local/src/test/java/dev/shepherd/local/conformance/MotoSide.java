package dev.shepherd.local.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * <a href="https://docs.getmoto.org/en/latest/docs/server_mode.html">moto's server</a>. Each row
 * has an <a href="https://docs.getmoto.org/en/latest/docs/multi_account.html">account</a> of its
 * own in it, so that none sees another's leftovers and the server is never reset.
 */
final class MotoSide implements Side, AutoCloseable {
  /** The version that the rows' notes are about. */
  static final String VERSION = "5.2.1";

  private final URI url;
  private final MotoWire wire;
  private final EcsClient ecs;
  private final SsmClient ssm;
  private final ServiceDiscoveryClient cloudMap;
  private final EventBridgeClient events;
  private String account = "";
  private int accounts;
  private String queue = "";

  MotoSide(URI url) {
    this.url = url;
    wire = new MotoWire(url);
    ecs = client(EcsClient.builder());
    ssm = client(SsmClient.builder());
    cloudMap = client(ServiceDiscoveryClient.builder());
    events = client(EventBridgeClient.builder());
    // Without this each DescribeTasks takes a task one state nearer to STOPPED.
    wire.set(
        "state-manager/set-transition",
        "{\"model_name\":\"ecs::task\",\"transition\":{\"progression\":\"manual\",\"times\":1000000}}");
  }

  /** The next account, which is empty: no other process of this machine has it. */
  MotoSide fresh() {
    long process = ProcessHandle.current().pid() % 100_000_000;
    account = "%08d%04d".formatted(process, accounts++ % 10_000);
    return this;
  }

  private <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    ExecutionInterceptor inAccount = new ExecutionInterceptor() {
      @Override
      public SdkHttpRequest modifyHttpRequest(
          Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder()
            .putHeader(MotoWire.ACCOUNT, account)
            .build();
      }
    };
    return builder
        .endpointOverride(url)
        .overrideConfiguration(each -> each.retryStrategy(DefaultRetryStrategy.doNotRetry())
            .addExecutionInterceptor(inAccount)
            .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
        .build();
  }

  @Override
  public EcsClient ecs() {
    return ecs;
  }

  @Override
  public SsmClient ssm() {
    return ssm;
  }

  @Override
  public ServiceDiscoveryClient cloudMap() {
    return cloudMap;
  }

  @Override
  public EventBridgeClient events() {
    return events;
  }

  @Override
  public Raw raw(String target, String body) {
    return wire.json(account, target, body);
  }

  /** In moto things happen at once or never. */
  @Override
  public void pass(Duration time) {}

  @Override
  public void listen() {
    queue = raw("AmazonSQS.CreateQueue", "{\"QueueName\":\"heard\"}")
        .body()
        .get("QueueUrl")
        .textValue();
    events.putRule(rule -> rule.name("all").eventPattern("{\"source\":[{\"exists\":true}]}"));
    events.putTargets(targets -> targets
        .rule("all")
        .targets(Target.builder()
            .id("heard")
            .arn("arn:aws:sqs:eu-west-1:" + account + ":heard")
            .build()));
  }

  @Override
  public List<JsonNode> heard() {
    List<JsonNode> heard = new ArrayList<>();
    JsonNode messages;
    do {
      messages = raw(
              "AmazonSQS.ReceiveMessage",
              "{\"QueueUrl\":\"" + queue + "\",\"MaxNumberOfMessages\":10}")
          .body()
          .path("Messages");
      messages.forEach(message -> heard.add(MotoWire.parsed(message.get("Body").textValue())));
    } while (!messages.isEmpty());
    return heard;
  }

  /** moto has none. */
  @Override
  public void bindRates() {}

  @Override
  public NetworkConfiguration network() {
    List<String> subnets = found("DescribeSubnets", "<subnetId>(subnet-\\w+)</subnetId>");
    List<String> groups = found("DescribeSecurityGroups", "<groupId>(sg-\\w+)</groupId>");
    return NetworkConfiguration.builder()
        .awsvpcConfiguration(
            each -> each.subnets(subnets.subList(0, 2)).securityGroups(groups.getFirst()))
        .build();
  }

  private List<String> found(String operation, String pattern) {
    return Pattern.compile(pattern)
        .matcher(wire.ec2(account, operation))
        .results()
        .map(each -> each.group(1))
        .distinct()
        .toList();
  }

  @Override
  public void close() {
    List.of(ecs, ssm, cloudMap, events).forEach(each -> each.close());
    wire.close();
  }
}
