package dev.shepherd.local.world;

import java.util.IdentityHashMap;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;

/**
 * What made which service: a call that <a href=
 * "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html">repeats its
 * clientToken</a> and all else is shown that service.
 */
final class ServiceTokens {
  private final IdentityHashMap<WorldService, CreateServiceRequest> requests =
      new IdentityHashMap<>();

  Optional<WorldService> made(WorldCluster cluster, CreateServiceRequest request) {
    return request.clientToken() == null || request.serviceName() == null
        ? Optional.empty()
        : Optional.ofNullable(cluster.services().get(request.serviceName()))
            .filter(WorldService::isActive)
            .filter(service -> request.equals(requests.get(service)));
  }

  void note(WorldService service, CreateServiceRequest request) {
    if (request.clientToken() != null) {
      requests.put(service, request);
    }
  }
}
