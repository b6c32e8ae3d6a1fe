package dev.shepherd.local.protocol;

import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.CloudMapService;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatusFilter;
import software.amazon.awssdk.services.servicediscovery.model.HttpInstanceSummary;

/**
 * What a client that looks for a service is told: one answer without pages, by attributes (those
 * that are optional count where some instance has them) and by health; where nothing is healthy it
 * fails open unless the caller asks otherwise.
 */
final class Discovery {
  private Discovery() {}

  static DiscoverInstancesResponse answer(
      DiscoverInstancesRequest request, CloudMapService service) {
    List<CloudMapInstance> matching =
        matching(List.copyOf(service.seen().values()), request.queryParameters());
    List<CloudMapInstance> preferred = matching(matching, request.optionalParameters());
    List<HttpInstanceSummary> instances = byHealth(
            preferred.isEmpty() ? matching : preferred,
            request.healthStatus(),
            service.hasCustomHealth())
        .stream()
        .limit(Page.size(request.maxResults(), 100, 1_000, "InvalidInput"))
        .map(each -> summary(each, request))
        .toList();
    return DiscoverInstancesResponse.builder()
        .instances(instances)
        .instancesRevision(service.revision())
        .build();
  }

  private static List<CloudMapInstance> matching(
      List<CloudMapInstance> all, Map<String, String> parameters) {
    return all.stream()
        .filter(each -> each.attributes().entrySet().containsAll(parameters.entrySet()))
        .toList();
  }

  private static List<CloudMapInstance> byHealth(
      List<CloudMapInstance> all, HealthStatusFilter asked, boolean known) {
    if (!known || asked == HealthStatusFilter.ALL) {
      return all;
    }
    HealthStatus wanted =
        asked == HealthStatusFilter.UNHEALTHY ? HealthStatus.UNHEALTHY : HealthStatus.HEALTHY;
    List<CloudMapInstance> found =
        all.stream().filter(each -> each.health() == wanted).toList();
    boolean strict = asked == HealthStatusFilter.HEALTHY || asked == HealthStatusFilter.UNHEALTHY;
    return found.isEmpty() && !strict ? all : found;
  }

  private static HttpInstanceSummary summary(
      CloudMapInstance instance, DiscoverInstancesRequest request) {
    return HttpInstanceSummary.builder()
        .instanceId(instance.id())
        .namespaceName(request.namespaceName())
        .serviceName(request.serviceName())
        .healthStatus(instance.health())
        .attributes(instance.attributes())
        .build();
  }
}
