package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.ec2.DescribeInstancesRequest;
import dev.shepherd.functions.aws.ec2.DescribeInstancesResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The EC2 instances that tasks run on. A task without a network interface of its own is reached at
 * its host's <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html">private
 * address</a>, which stays for the instance's life: each is asked for once in the life of this
 * instance of the function, ⌈n/100⌉ DescribeContainerInstances for n new ones and ⌈m/200⌉
 * DescribeInstances for the m of them whose address matters.
 */
final class Hosts {
  private static final int INSTANCES = 100;
  private static final int FILTER_VALUES = 200;

  /**
   * A container instance.
   *
   * @param address known only where it matters
   */
  record Host(String instanceId, Optional<String> address) {}

  private final RegistrationAws aws;
  private final Map<String, Host> known = new HashMap<>();

  Hosts(RegistrationAws aws) {
    this.aws = aws;
  }

  /** Where a task runs; absent on Fargate, and while it is not known. */
  Optional<Host> of(Task task) {
    return Optional.ofNullable(task.containerInstanceArn())
        .flatMap(arn -> Optional.ofNullable(known.get(arn)));
  }

  /** Asks for the hosts of these tasks that are not known yet. */
  void learn(String cluster, Collection<Task> tasks) {
    Set<String> unknown = tasks.stream()
        .flatMap(task -> Optional.ofNullable(task.containerInstanceArn()).stream())
        .filter(arn -> !known.containsKey(arn))
        .collect(Collectors.toCollection(TreeSet::new));
    for (List<String> chunk : Pages.chunks(List.copyOf(unknown), INSTANCES)) {
      DescribeContainerInstancesResponse answer =
          aws.describeContainerInstances(DescribeContainerInstancesRequest.builder()
              .cluster(cluster)
              .containerInstances(chunk)
              .build());
      for (ContainerInstance instance : answer.containerInstances()) {
        known.put(
            instance.containerInstanceArn(),
            new Host(Optional.ofNullable(instance.ec2InstanceId()).orElse(""), Optional.empty()));
      }
    }
    learnAddresses(tasks);
  }

  private void learnAddresses(Collection<Task> tasks) {
    Map<String, String> byInstance = new HashMap<>();
    for (Task task : tasks) {
      of(task)
          .filter(host -> TaskReach.isOnHostsNetwork(task))
          .filter(host -> host.address().isEmpty() && !host.instanceId().isEmpty())
          .ifPresent(host -> byInstance.put(host.instanceId(), task.containerInstanceArn()));
    }
    List<String> unknown = byInstance.keySet().stream().sorted().toList();
    for (List<String> chunk : Pages.chunks(unknown, FILTER_VALUES)) {
      addresses(chunk)
          .forEach((instance, address) -> Optional.ofNullable(byInstance.get(instance))
              .ifPresent(arn -> known.put(arn, new Host(instance, Optional.of(address)))));
    }
  }

  private Map<String, String> addresses(List<String> instances) {
    Map<String, String> found = new HashMap<>();
    Pages.all(
            (@Nullable String token) -> aws.describeInstances(
                new DescribeInstancesRequest(instances, Optional.ofNullable(token))),
            answer -> new ArrayList<>(answer.privateAddresses().entrySet()),
            (DescribeInstancesResponse answer) -> answer.nextToken().orElse(""))
        .forEach(each -> found.put(each.getKey(), each.getValue()));
    return found;
  }

  /** Forgets all but these: hosts come and go. */
  void keepOnly(Set<String> arns) {
    known.keySet().retainAll(arns);
  }
}
