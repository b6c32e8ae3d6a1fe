package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.CloudMap;
import dev.shepherd.local.world.CloudMapInstance;
import dev.shepherd.local.world.CloudMapService;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.servicediscovery.model.*;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesRevisionRequest;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesRevisionResponse;

/** Cloud Map's operations, with the API's pages and limits; here those on instances. */
final class ServiceDiscoveryApi {
  private static final String INVALID = "InvalidInput";
  private static final int PAGE = 100;

  /**
   * <a href="https://docs.aws.amazon.com/general/latest/gr/cloud_map.html">For each service</a>.
   */
  private static final int MOST_INSTANCES = 1_000;

  private final CloudMap cloudMap;

  private ServiceDiscoveryApi(CloudMap cloudMap) {
    this.cloudMap = cloudMap;
  }

  static Operations over(CloudMap cloudMap) {
    ServiceDiscoveryApi api = new ServiceDiscoveryApi(cloudMap);
    Operations operations = new Operations();
    new CloudMapServicesApi(cloudMap).addTo(operations);
    new CloudMapTagsApi(cloudMap).addTo(operations);
    return operations
        .on("RegisterInstance", RegisterInstanceRequest::builder, api::register)
        .on("DeregisterInstance", DeregisterInstanceRequest::builder, api::deregister)
        .on("GetOperation", GetOperationRequest::builder, api::operation)
        .on("ListInstances", ListInstancesRequest::builder, api::instances)
        .on("GetInstance", GetInstanceRequest::builder, api::instance)
        .on("GetInstancesHealthStatus", GetInstancesHealthStatusRequest::builder, api::health)
        .on(
            "UpdateInstanceCustomHealthStatus",
            UpdateInstanceCustomHealthStatusRequest::builder,
            api::customHealth)
        .on("DiscoverInstances", DiscoverInstancesRequest::builder, api::discover)
        .on("DiscoverInstancesRevision", DiscoverInstancesRevisionRequest::builder, api::revision);
  }

  private RegisterInstanceResponse register(RegisterInstanceRequest request) {
    CloudMapService service = cloudMap.service(request.serviceId());
    if (!request.instanceId().matches("[0-9a-zA-Z_/:.@-]{1,64}")) {
      throw AwsFailure.refused(INVALID, "The instance id is not valid: " + request.instanceId());
    }
    if (service.instances().size() >= MOST_INSTANCES
        && !service.instances().containsKey(request.instanceId())) {
      throw AwsFailure.refused(
          "ResourceLimitExceeded", "The service has reached its limit of instances.");
    }
    Map<String, String> attributes = request.attributes();
    InstanceAttributes.check(attributes);
    String operation = cloudMap.submit(
        OperationType.REGISTER_INSTANCE,
        service.id(),
        request.instanceId(),
        () -> cloudMap.register(service.id(), request.instanceId(), attributes));
    return RegisterInstanceResponse.builder().operationId(operation).build();
  }

  private DeregisterInstanceResponse deregister(DeregisterInstanceRequest request) {
    CloudMapService service = cloudMap.service(request.serviceId());
    checked(service, request.instanceId());
    String operation = cloudMap.submit(
        OperationType.DEREGISTER_INSTANCE,
        service.id(),
        request.instanceId(),
        () -> cloudMap.deregister(service.id(), request.instanceId()));
    return DeregisterInstanceResponse.builder().operationId(operation).build();
  }

  private static CloudMapInstance checked(CloudMapService service, String instanceId) {
    CloudMapInstance instance = service.instances().get(instanceId);
    if (instance == null) {
      throw AwsFailure.refused("InstanceNotFound", "Instance not found: " + instanceId);
    }
    return instance;
  }

  private GetOperationResponse operation(GetOperationRequest request) {
    return GetOperationResponse.builder()
        .operation(cloudMap.operation(request.operationId()))
        .build();
  }

  private Page<CloudMapInstance> page(String serviceId, String token, Integer size) {
    return Page.of(
        cloudMap.service(serviceId).seen(),
        each -> true,
        token,
        Page.size(size, PAGE, PAGE, INVALID),
        INVALID);
  }

  private ListInstancesResponse instances(ListInstancesRequest request) {
    var page = page(request.serviceId(), request.nextToken(), request.maxResults());
    return ListInstancesResponse.builder()
        .resourceOwner("SELF")
        .instances(page.items().stream()
            .map(each -> InstanceSummary.builder()
                .id(each.id())
                .attributes(each.attributes())
                .build())
            .toList())
        .nextToken(page.nextToken())
        .build();
  }

  private GetInstanceResponse instance(GetInstanceRequest request) {
    CloudMapInstance instance =
        checked(cloudMap.service(request.serviceId()), request.instanceId());
    return GetInstanceResponse.builder()
        .instance(Instance.builder()
            .id(instance.id())
            .attributes(instance.attributes())
            .build())
        .build();
  }

  private GetInstancesHealthStatusResponse health(GetInstancesHealthStatusRequest request) {
    CloudMapService service = cloudMap.service(request.serviceId());
    request.instances().forEach(each -> checked(service, each));
    boolean known = service.hasCustomHealth();
    var page = page(request.serviceId(), request.nextToken(), request.maxResults());
    Map<String, HealthStatus> status = new LinkedHashMap<>();
    page.items().stream()
        .filter(each -> request.instances().isEmpty() || request.instances().contains(each.id()))
        .forEach(each -> status.put(each.id(), known ? each.health() : HealthStatus.UNKNOWN));
    return GetInstancesHealthStatusResponse.builder()
        .status(status)
        .nextToken(page.nextToken())
        .build();
  }

  private UpdateInstanceCustomHealthStatusResponse customHealth(
      UpdateInstanceCustomHealthStatusRequest request) {
    HealthStatus health = switch (request.status()) {
      case HEALTHY -> HealthStatus.HEALTHY;
      case UNHEALTHY -> HealthStatus.UNHEALTHY;
      case UNKNOWN_TO_SDK_VERSION ->
        throw AwsFailure.refused(INVALID, "No status: " + request.statusAsString());
      case null -> throw AwsFailure.refused(INVALID, "Status must be given.");
    };
    cloudMap.askForHealth(request.serviceId(), request.instanceId(), health);
    return UpdateInstanceCustomHealthStatusResponse.builder().build();
  }

  private DiscoverInstancesRevisionResponse revision(DiscoverInstancesRevisionRequest request) {
    CloudMapService service = cloudMap.discover(request.namespaceName(), request.serviceName());
    return DiscoverInstancesRevisionResponse.builder()
        .instancesRevision(service.revision())
        .build();
  }

  private DiscoverInstancesResponse discover(DiscoverInstancesRequest request) {
    CloudMapService service = cloudMap.discover(request.namespaceName(), request.serviceName());
    return Discovery.answer(request, service);
  }
}
