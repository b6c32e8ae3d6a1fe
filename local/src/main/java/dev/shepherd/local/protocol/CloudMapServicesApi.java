package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.CloudMap;
import dev.shepherd.local.world.CloudMapService;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.servicediscovery.model.*;
import software.amazon.awssdk.services.servicediscovery.model.FilterCondition;
import software.amazon.awssdk.services.servicediscovery.model.GetNamespaceRequest;
import software.amazon.awssdk.services.servicediscovery.model.GetNamespaceResponse;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilter;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

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
        .on("GetNamespace", GetNamespaceRequest::builder, this::getNamespace)
        .on("ListNamespaces", ListNamespacesRequest::builder, this::namespaces)
        .on("CreateService", CreateServiceRequest::builder, this::createService)
        .on("DeleteService", DeleteServiceRequest::builder, this::deleteService)
        .on("DeleteNamespace", DeleteNamespaceRequest::builder, this::deleteNamespace)
        .on("GetService", GetServiceRequest::builder, this::getService)
        .on("ListServices", ListServicesRequest::builder, this::services);
  }

  private CreateHttpNamespaceResponse createHttp(CreateHttpNamespaceRequest request) {
    return CreateHttpNamespaceResponse.builder()
        .operationId(create(request.name(), NamespaceType.HTTP, request.tags()))
        .build();
  }

  private CreatePrivateDnsNamespaceResponse createDns(CreatePrivateDnsNamespaceRequest request) {
    return CreatePrivateDnsNamespaceResponse.builder()
        .operationId(create(request.name(), NamespaceType.DNS_PRIVATE, request.tags()))
        .build();
  }

  private String create(String name, NamespaceType type, List<Tag> tags) {
    Namespace namespace = cloudMap.createNamespace(name, type);
    cloudMap.tags().add(namespace.arn(), tags);
    return cloudMap.done(OperationType.CREATE_NAMESPACE, namespace.id());
  }

  private ListNamespacesResponse namespaces(ListNamespacesRequest request) {
    Page<Namespace> page = Page.of(
        cloudMap.namespaces(),
        wanted(request.filters()),
        request.nextToken(),
        Page.size(request.maxResults(), PAGE, PAGE, INVALID),
        INVALID);
    List<NamespaceSummary> summaries = page.items().stream()
        .map(each -> NamespaceSummary.builder()
            .id(each.id())
            .arn(each.arn())
            .name(each.name())
            .type(each.type())
            .properties(each.properties())
            .createDate(each.createDate())
            .build())
        .toList();
    return ListNamespacesResponse.builder()
        .namespaces(summaries)
        .nextToken(page.nextToken())
        .build();
  }

  private static Predicate<Namespace> wanted(List<NamespaceFilter> filters) {
    return each -> filters.stream().allMatch(filter -> matches(filter, each));
  }

  private static boolean matches(NamespaceFilter filter, Namespace each) {
    String value = switch (filter.name()) {
      case TYPE -> each.typeAsString();
      case NAME, HTTP_NAME -> each.name();
      case RESOURCE_OWNER -> "SELF";
      case UNKNOWN_TO_SDK_VERSION ->
        throw AwsFailure.refused(INVALID, "No filter: " + filter.nameAsString());
    };
    return filter.condition() == FilterCondition.BEGINS_WITH
        ? filter.values().stream().anyMatch(value::startsWith)
        : filter.values().contains(value);
  }

  private GetNamespaceResponse getNamespace(GetNamespaceRequest request) {
    return GetNamespaceResponse.builder()
        .namespace(cloudMap.namespace(request.id()))
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
