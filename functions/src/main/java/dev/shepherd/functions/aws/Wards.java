package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which services are looked after under which fleet's name. A service of two fleets is looked after
 * once, under the first, with the collectors of both: it has one budget.
 */
public record Wards(Map<FleetName, List<ServiceState>> services) {
  public Wards {
    services = Map.copyOf(services);
  }

  /** From every service under each of its fleets, with that one's collectors. */
  public static Wards of(Map<FleetName, List<ServiceState>> discovered) {
    Map<ServiceName, FleetName> first = new HashMap<>();
    Map<ServiceName, ServiceState> whole = new TreeMap<>();
    new TreeMap<>(discovered)
        .forEach((fleet, all) -> all.forEach(service -> {
          first.putIfAbsent(service.name(), fleet);
          whole.merge(service.name(), service, Wards::joined);
        }));
    Map<FleetName, List<ServiceState>> services = new TreeMap<>();
    first.forEach((name, fleet) ->
        services.computeIfAbsent(fleet, _ -> new ArrayList<>()).add(whole.get(name)));
    return new Wards(services);
  }

  private static ServiceState joined(ServiceState one, ServiceState other) {
    List<Collector> collectors = new ArrayList<>(one.definition().collectors());
    collectors.addAll(other.definition().collectors());
    return one.with(one.definition().with(collectors));
  }

  /** The fleet under whose name each service is looked after. */
  public Map<ServiceName, FleetName> owners() {
    Map<ServiceName, FleetName> owners = new HashMap<>();
    services.forEach((fleet, all) -> all.forEach(service -> owners.put(service.name(), fleet)));
    return owners;
  }

  /** The fleets whose collectors a fleet's services hold, itself included. */
  public static Set<FleetName> fleetsIn(FleetName fleet, List<ServiceState> services) {
    Set<FleetName> fleets = services.stream()
        .map(ServiceState::definition)
        .map(TaskDefinitionState::collectors)
        .flatMap(List::stream)
        .map(collector -> collector.reference().fleet())
        .collect(Collectors.toCollection(TreeSet::new));
    fleets.add(fleet);
    return fleets;
  }
}
