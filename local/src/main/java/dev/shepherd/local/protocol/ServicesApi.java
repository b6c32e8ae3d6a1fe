package dev.shepherd.local.protocol;

import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.WorldCluster;
import dev.shepherd.local.world.WorldService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.*;

/** Services. */
final class ServicesApi {
  private final Ecs ecs;

  ServicesApi(Ecs ecs) {
    this.ecs = ecs;
  }

  void addTo(Operations operations) {
    operations
        .on("CreateService", CreateServiceRequest::builder, this::create)
        .on("UpdateService", UpdateServiceRequest::builder, this::update)
        .on("DeleteService", DeleteServiceRequest::builder, this::delete)
        .on("ListServices", ListServicesRequest::builder, this::list)
        .on("DescribeServices", DescribeServicesRequest::builder, this::describe);
  }

  private CreateServiceResponse create(CreateServiceRequest request) {
    return CreateServiceResponse.builder()
        .service(ecs.createService(request).service())
        .build();
  }

  private UpdateServiceResponse update(UpdateServiceRequest request) {
    return UpdateServiceResponse.builder()
        .service(ecs.updateService(request).service())
        .build();
  }

  private DeleteServiceResponse delete(DeleteServiceRequest request) {
    WorldCluster cluster = ecs.cluster(Ecs.named(request.cluster()));
    WorldService service = ecs.activeService(cluster, request.service());
    ecs.deleteService(service, Boolean.TRUE.equals(request.force()));
    return DeleteServiceResponse.builder().service(service.service()).build();
  }

  private ListServicesResponse list(ListServicesRequest request) {
    Page<WorldService> page = Page.of(
        ecs.cluster(Ecs.named(request.cluster())).services(),
        each -> isWanted(request, each),
        request.nextToken(),
        Page.size(request.maxResults(), 10, 100, EcsApi.INVALID),
        EcsApi.INVALID);
    return ListServicesResponse.builder()
        .serviceArns(page.items().stream().map(WorldService::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean isWanted(ListServicesRequest request, WorldService service) {
    return service.seen().filter(shown -> isWanted(request, shown)).isPresent();
  }

  private static boolean isWanted(ListServicesRequest request, Service shown) {
    return shown.status().equals("ACTIVE")
        && (request.launchType() == null || request.launchType() == shown.launchType())
        && (request.schedulingStrategy() == null
            || request.schedulingStrategy() == shown.schedulingStrategy());
  }

  private DescribeServicesResponse describe(DescribeServicesRequest request) {
    WorldCluster cluster = ecs.cluster(Ecs.named(request.cluster()));
    Missing.checkCount("Services", request.services().size(), 10);
    boolean tagged = request.include().contains(ServiceField.TAGS);
    List<Service> services = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.services()) {
      String bare = name.substring(name.lastIndexOf('/') + 1);
      Optional.ofNullable(cluster.services().get(bare))
          .flatMap(WorldService::seen)
          .ifPresentOrElse(
              each -> services.add(shown(each, tagged)),
              () -> failures.add(Missing.of("service/" + cluster.name() + "/", name)));
    }
    return DescribeServicesResponse.builder()
        .services(services)
        .failures(failures)
        .build();
  }

  private static Service shown(Service shown, boolean tagged) {
    return tagged
        ? shown.toBuilder().tags(new ArrayList<>(shown.tags())).build()
        : shown.toBuilder().tags((List<Tag>) null).build();
  }
}
