package dev.shepherd.local.conformance;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.servicediscovery.model.CreateServiceRequest;

/** What most rows of Cloud Map need to be there first. */
final class CloudMapFixture {
  private CloudMapFixture() {}

  /** An HTTP namespace {@code shop}; its id. */
  static String namespace(Side side) {
    side.cloudMap().createHttpNamespace(each -> each.name("shop"));
    side.pass(Duration.ofMinutes(1));
    return side.cloudMap().listNamespaces().namespaces().getFirst().id();
  }

  /** A service {@code cart} in it; its id. */
  static String cart(Side side, UnaryOperator<CreateServiceRequest.Builder> more) {
    CreateServiceRequest.Builder request =
        CreateServiceRequest.builder().name("cart").namespaceId(namespace(side));
    return side.cloudMap().createService(more.apply(request).build()).service().id();
  }

  /** Registers an instance at an address, and lets that take its time. */
  static void instance(Side side, String service, String id, String address) {
    side.cloudMap()
        .registerInstance(each -> each.serviceId(service)
            .instanceId(id)
            .attributes(Map.of("AWS_INSTANCE_IPV4", address)));
    side.pass(Duration.ofMinutes(1));
  }
}
