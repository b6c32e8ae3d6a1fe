package dev.shepherd.local.bench;

import static dev.shepherd.local.bench.PlanFleet.CLUSTER;
import static dev.shepherd.local.bench.PlanFleet.NOW;
import static java.util.stream.Collectors.toSet;

import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.registration.Instance;
import dev.shepherd.shared.registration.Registrant;
import dev.shepherd.shared.registration.RegistrationLimits;
import dev.shepherd.shared.registration.RegistrationPlan;
import dev.shepherd.shared.registration.RegistrationPlanner;
import dev.shepherd.shared.registration.RegistrationSnapshot;
import dev.shepherd.shared.registration.ServingTask;
import dev.shepherd.shared.registration.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The gateways' Cloud Map services. What is stale there was so at an earlier look: ECS's instances
 * of tasks that are gone.
 */
final class RegistrationPictures {
  static final RegistrationLimits LIMITS = new RegistrationLimits(20, Duration.ofSeconds(60));

  private static final String REGION = "eu-west-1";
  private static final Instant SEEN = NOW.minus(Duration.ofMinutes(5));

  private RegistrationPictures() {}

  static Supplier<List<RegistrationPlan>> staleOneIn(int oneIn, SampleFleets size) {
    PlanFleet fleet = new PlanFleet(size);
    List<RegistrationSnapshot> snapshots = IntStream.range(fleet.apps(), fleet.services())
        .mapToObj(place -> snapshot(oneIn, fleet, place))
        .toList();
    return () -> snapshots.stream()
        .map(each -> RegistrationPlanner.plan(each, LIMITS, NOW))
        .toList();
  }

  private static RegistrationSnapshot snapshot(int oneIn, PlanFleet fleet, int place) {
    List<Instance> instances = new ArrayList<>();
    List<ServingTask> tasks = new ArrayList<>();
    Map<Sighting, Instant> firstSeen = new HashMap<>();
    for (int number = 0; number < fleet.tasks(place); number++) {
      String id = fleet.task(place, number);
      String address = "10.%d.%d.%d".formatted(place % 256, number / 256, number % 256);
      instances.add(instance(id, fleet.name(place), address, zone(number)));
      if (PlanFleet.isOneIn(oneIn, place, number)) {
        firstSeen.put(new Sighting(Sighting.Kind.STALE, id.substring(0, 12)), SEEN);
      } else {
        tasks.add(task(id, fleet.name(place), address, zone(number)));
      }
    }
    return new RegistrationSnapshot(
        "srv-" + place,
        Optional.empty(),
        Set.of(CLUSTER),
        Map.of(fleet.name(place), new Registrant(tasks.size(), tasks.size(), true)),
        others(fleet, place),
        instances,
        tasks,
        false,
        Set.of(),
        firstSeen,
        0);
  }

  private static Set<ServiceName> others(PlanFleet fleet, int place) {
    return IntStream.range(0, fleet.services())
        .filter(other -> other != place)
        .mapToObj(fleet::name)
        .collect(toSet());
  }

  private static String zone(int number) {
    return REGION + PlanFleet.zone(number);
  }

  /** As ECS registers it. */
  private static Instance instance(String id, ServiceName service, String address, String zone) {
    Map<String, String> attributes = Map.of(
        "AWS_INSTANCE_IPV4", address,
        "AVAILABILITY_ZONE", zone,
        "REGION", REGION,
        "ECS_CLUSTER_NAME", CLUSTER,
        "ECS_SERVICE_NAME", service.service(),
        "ECS_TASK_DEFINITION_FAMILY", service.service());
    return new Instance(id, attributes, Optional.empty());
  }

  private static ServingTask task(String id, ServiceName service, String address, String zone) {
    return new ServingTask(
        id,
        service,
        service.service(),
        Optional.empty(),
        ServingTask.Progress.RUNNING,
        ServingTask.Health.WELL,
        false,
        new ServingTask.Place(zone, REGION, Optional.empty()),
        new ServingTask.Reach.At(address, OptionalInt.empty()));
  }
}
