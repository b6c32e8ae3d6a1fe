package dev.shepherd.local.protocol;

import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.WorldCluster;
import dev.shepherd.local.world.WorldHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.*;
import software.amazon.awssdk.services.ecs.model.ClusterField;

/** Clusters and container instances. */
final class ClustersApi {
  private final Ecs ecs;

  ClustersApi(Ecs ecs) {
    this.ecs = ecs;
  }

  void addTo(Operations operations) {
    operations
        .on("CreateCluster", CreateClusterRequest::builder, this::create)
        .on("ListClusters", ListClustersRequest::builder, this::list)
        .on("DescribeClusters", DescribeClustersRequest::builder, this::describe)
        .on("ListContainerInstances", ListContainerInstancesRequest::builder, this::listHosts)
        .on(
            "DescribeContainerInstances",
            DescribeContainerInstancesRequest::builder,
            this::describeHosts);
  }

  private CreateClusterResponse create(CreateClusterRequest request) {
    WorldCluster cluster = ecs.createCluster(Ecs.named(request.clusterName()));
    ecs.tags().add(cluster.arn(), request.tags());
    return CreateClusterResponse.builder().cluster(cluster.cluster()).build();
  }

  private ListClustersResponse list(ListClustersRequest request) {
    Page<WorldCluster> page = Page.of(
        ecs.clusters(),
        each -> true,
        request.nextToken(),
        Page.size(request.maxResults(), 100, 100, EcsApi.INVALID),
        EcsApi.INVALID);
    return ListClustersResponse.builder()
        .clusterArns(page.items().stream().map(WorldCluster::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private DescribeClustersResponse describe(DescribeClustersRequest request) {
    List<Cluster> clusters = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    List<String> names = request.clusters().isEmpty() ? List.of("default") : request.clusters();
    Missing.checkCount("Clusters", names.size(), 100);
    boolean tagged = request.include().contains(ClusterField.TAGS);
    for (String name : names) {
      ecs.findCluster(name)
          .ifPresentOrElse(
              each -> clusters.add(shown(each, tagged)),
              () -> failures.add(Missing.of("cluster/", name)));
    }
    return DescribeClustersResponse.builder()
        .clusters(clusters)
        .failures(failures)
        .build();
  }

  private static Cluster shown(WorldCluster cluster, boolean tagged) {
    return tagged ? cluster.cluster().toBuilder().tags(cluster.tags()).build() : cluster.cluster();
  }

  private ListContainerInstancesResponse listHosts(ListContainerInstancesRequest request) {
    Page<WorldHost> page = Page.of(
        ecs.cluster(Ecs.named(request.cluster())).hosts(),
        each -> true,
        request.nextToken(),
        Page.size(request.maxResults(), 100, 100, EcsApi.INVALID),
        EcsApi.INVALID);
    return ListContainerInstancesResponse.builder()
        .containerInstanceArns(page.items().stream().map(WorldHost::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private DescribeContainerInstancesResponse describeHosts(
      DescribeContainerInstancesRequest request) {
    WorldCluster cluster = ecs.cluster(Ecs.named(request.cluster()));
    Missing.checkCount("containerInstances", request.containerInstances().size(), 100);
    List<ContainerInstance> instances = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.containerInstances()) {
      Optional.ofNullable(cluster.hosts().get(name.substring(name.lastIndexOf('/') + 1)))
          .ifPresentOrElse(
              each -> instances.add(each.instance()),
              () -> failures.add(Missing.of("container-instance/" + cluster.name() + "/", name)));
    }
    return DescribeContainerInstancesResponse.builder()
        .containerInstances(instances)
        .failures(failures)
        .build();
  }
}
