package dev.shepherd.local.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.protocol.TokenBuckets;
import dev.shepherd.local.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** A new local world. */
final class LocalSide implements Side {
  private final World world = new World(7, Instant.parse("2026-11-22T08:00:00.250Z"));
  private final AwsFace face = new AwsFace(world);
  private final List<JsonNode> heard = new ArrayList<>();
  private final Map<Class<?>, Object> clients = new HashMap<>();

  private <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(
      Class<C> type, Supplier<B> builder) {
    return type.cast(clients.computeIfAbsent(type, each -> made(builder.get())));
  }

  private <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C made(B builder) {
    return builder
        .region(Region.EU_WEST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClient(new InProcessHttpClient(face, world.clock()))
        .overrideConfiguration(each -> each.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  @Override
  public EcsClient ecs() {
    return client(EcsClient.class, EcsClient::builder);
  }

  @Override
  public SsmClient ssm() {
    return client(SsmClient.class, SsmClient::builder);
  }

  @Override
  public ServiceDiscoveryClient cloudMap() {
    return client(ServiceDiscoveryClient.class, ServiceDiscoveryClient::builder);
  }

  @Override
  public EventBridgeClient events() {
    return client(EventBridgeClient.class, EventBridgeClient::builder);
  }

  @Override
  public Raw raw(String target, String body) {
    AwsFace.Answer answer = face.call(target, body.getBytes(StandardCharsets.UTF_8));
    return new Raw(answer.status(), answer.body());
  }

  @Override
  public void pass(Duration time) {
    world.clock().pass(time);
  }

  @Override
  public void listen() {
    world.events().subscribe(heard::add);
  }

  @Override
  public List<JsonNode> heard() {
    return heard;
  }

  @Override
  public void bindRates() {
    TokenBuckets rates = new TokenBuckets(world.clock());
    rates.limited(true);
    face.hook(rates);
  }

  @Override
  public NetworkConfiguration network() {
    return NetworkConfiguration.builder()
        .awsvpcConfiguration(each -> each.subnets("subnet-1", "subnet-2").securityGroups("sg-1"))
        .build();
  }
}
