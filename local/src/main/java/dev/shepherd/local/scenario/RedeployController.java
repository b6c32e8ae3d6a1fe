package dev.shepherd.local.scenario;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * The function that teams write today: a parameter was written, so it forces a new deployment of
 * every service whose task definition takes a secret from it, from a snapshot of it or from its
 * {@code current}. It neither validates nor waits nor goes back.
 */
public final class RedeployController implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> clusters;
  private final EcsClient ecs;

  /** As the local host makes every handler; the time is of no matter here. */
  public RedeployController(
      Map<String, String> environment,
      SdkHttpClient http,
      RetryStrategy retry,
      InstantSource ignored) {
    clusters = List.of(environment.getOrDefault("CLUSTERS", "default").split(",", -1));
    ecs = EcsClient.builder()
        .httpClient(http)
        .overrideConfiguration(client -> client.retryStrategy(retry))
        .build();
  }

  @Override
  public void handleRequest(InputStream batch, OutputStream answer, Context context)
      throws IOException {
    Set<String> written = new LinkedHashSet<>();
    for (JsonNode message : JSON.readTree(batch).path("Records")) {
      written.add(
          JSON.readTree(message.path("body").asText()).at("/detail/name").asText());
    }
    for (String cluster : clusters) {
      for (Service service : services(cluster)) {
        Set<String> sources = sources(service);
        if (written.stream()
            .anyMatch(name -> sources.stream().anyMatch(each -> isOf(name, each)))) {
          ecs.updateService(update ->
              update.cluster(cluster).service(service.serviceName()).forceNewDeployment(true));
        }
      }
    }
  }

  private List<Service> services(String cluster) {
    return ecs.listServicesPaginator(list -> list.cluster(cluster).maxResults(10)).stream()
        .filter(page -> page.hasServiceArns() && !page.serviceArns().isEmpty())
        .flatMap(page -> ecs
            .describeServices(each -> each.cluster(cluster).services(page.serviceArns()))
            .services()
            .stream())
        .toList();
  }

  private Set<String> sources(Service service) {
    Set<String> names = new LinkedHashSet<>();
    ecs.describeTaskDefinition(each -> each.taskDefinition(service.taskDefinition()))
        .taskDefinition()
        .containerDefinitions()
        .forEach(container -> container
            .secrets()
            .forEach(secret ->
                names.add(secret.valueFrom().replaceFirst("^arn:[^/]*:parameter/", "/"))));
    return names;
  }

  private static boolean isOf(String config, String source) {
    return source.equals(config) || source.startsWith("/shepherd" + config + "/");
  }
}
