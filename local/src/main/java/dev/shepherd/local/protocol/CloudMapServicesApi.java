package dev.shepherd.local.protocol;

import dev.shepherd.local.world.CloudMap;
import dev.shepherd.local.world.CloudMapService;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.servicediscovery.model.*;

/** Cloud Map's namespaces and services. */
final class CloudMapServicesApi {
  private static final String INVALID = "InvalidInput";
  private static final int PAGE = 100;

  private final CloudMap cloudMap;

  CloudMapServicesApi(CloudMap cloudMap) {
    this.cloudMap = cloudMap;
  }

  void addTo(Operations operations) {
    operations
        .on("CreateHttpNamespace", CreateHttpNamespaceRequest::builder, this::createHttp)
        .on("CreatePrivateDnsNamespace", CreatePrivateDnsNamespaceRequest::builder, this::createDns)
        .on("ListNamespaces", ListNamespacesRequest::builder, this::namespaces)
        .on("CreateService", CreateServiceRequest::builder, this::createService)
        .on("DeleteService", DeleteServiceRequest::builder, this::deleteService)
        .on("DeleteNamespace", DeleteNamespaceRequest::builder, this::deleteNamespace)
        .on("GetService", GetServiceRequest::builder, this::getService)
        .on("ListServices", ListServicesRequest::builder, this::services);
  }

  private CreateHttpNamespaceResponse createHttp(CreateHttpNamespaceRequest request) {
    return CreateHttpNamespaceResponse.builder()
        .operationId(create(request.name(), NamespaceType.HTTP))
        .build();
  }

  private CreatePrivateDnsNamespaceResponse createDns(CreatePrivateDnsNamespaceRequest request) {
    return CreatePrivateDnsNamespaceResponse.builder()
        .operationId(create(request.name(), NamespaceType.DNS_PRIVATE))
        .build();
  }

  private String create(String name, NamespaceType type) {
    Namespace namespace = cloudMap.createNamespace(name, type);
    return cloudMap.done(OperationType.CREATE_NAMESPACE, namespace.id());
  }

  private ListNamespacesResponse namespaces(ListNamespacesRequest request) {
    Page<Namespace> page = Page.of(
        cloudMap.namespaces(),
        each -> true,
        request.nextToken(),
        Page.size(request.maxResults(), PAGE, PAGE, INVALID),
        INVALID);
    List<NamespaceSummary> summaries = page.items().stream()
        .map(each -> NamespaceSummary.builder()
            .id(each.id())
            .arn(each.arn())
            .name(each.name())
            .type(each.type())
            .createDate(each.createDate())
            .build())
        .toList();
    return ListNamespacesResponse.builder()
        .namespaces(summaries)
        .nextToken(page.nextToken())
        .build();
  }

  private CreateServiceResponse createService(CreateServiceRequest request) {
    return CreateServiceResponse.builder()
        .service(cloudMap.createService(request).service())
        .build();
  }

  private DeleteServiceResponse deleteService(DeleteServiceRequest request) {
    cloudMap.deleteService(request.id());
    return DeleteServiceResponse.builder().build();
  }

  private DeleteNamespaceResponse deleteNamespace(DeleteNamespaceRequest request) {
    cloudMap.deleteNamespace(request.id());
    return DeleteNamespaceResponse.builder()
        .operationId(cloudMap.done(OperationType.DELETE_NAMESPACE, request.id()))
        .build();
  }

  private GetServiceResponse getService(GetServiceRequest request) {
    return GetServiceResponse.builder()
        .service(cloudMap.service(request.id()).service())
        .build();
  }

  private ListServicesResponse services(ListServicesRequest request) {
    Page<CloudMapService> page = Page.of(
        cloudMap.services(),
        filter(request.filters()),
        request.nextToken(),
        Page.size(request.maxResults(), PAGE, PAGE, INVALID),
        INVALID);
    return ListServicesResponse.builder()
        .services(page.items().stream().map(CloudMapServicesApi::summary).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static Predicate<CloudMapService> filter(List<ServiceFilter> filters) {
    return each -> filters.stream()
        .filter(filter -> filter.name() == ServiceFilterName.NAMESPACE_ID)
        .allMatch(filter -> filter.values().contains(each.service().namespaceId()));
  }

  private static ServiceSummary summary(CloudMapService each) {
    Service service = each.service();
    return ServiceSummary.builder()
        .id(service.id())
        .arn(service.arn())
        .name(service.name())
        .type(service.type())
        .description(service.description())
        .instanceCount(service.instanceCount())
        .dnsConfig(service.dnsConfig())
        .healthCheckConfig(service.healthCheckConfig())
        .healthCheckCustomConfig(service.healthCheckCustomConfig())
        .createDate(service.createDate())
        .build();
  }
}
