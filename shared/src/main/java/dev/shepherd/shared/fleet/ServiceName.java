package dev.shepherd.shared.fleet;

import java.util.Comparator;

/**
 * An ECS service, by its cluster's and its own short name.
 *
 * @param cluster the cluster's name, not its ARN
 * @param service the service's name, not its ARN
 */
public record ServiceName(String cluster, String service) implements Comparable<ServiceName> {
  private static final Comparator<ServiceName> ORDER =
      Comparator.comparing(ServiceName::cluster).thenComparing(ServiceName::service);

  @Override
  public int compareTo(ServiceName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return cluster + "/" + service;
  }
}
