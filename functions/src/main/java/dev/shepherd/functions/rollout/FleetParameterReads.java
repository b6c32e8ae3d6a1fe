package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * Reads what Parameter Store holds of the fleets, five names each, two fleets in one call: that of
 * the fleet that is looked at and of the one that comes next. Calls of F fleets: ⌈F/2⌉
 * GetParameters.
 *
 * <p>One name that may not be read, such as a SecureString whose key is not granted, has AWS refuse
 * the whole call. Then each fleet is read alone, so that one's refusal does not blind the other;
 * and the one that is refused stays alone until it is not any more (docs/adr/0035).
 */
final class FleetParameterReads {
  private final Parameters parameters;
  private final ParameterNames names;

  /** Those whose own names are refused. */
  private final Set<FleetName> alone = new HashSet<>();

  private final Map<FleetName, Map<String, Parameter>> ahead = new HashMap<>();
  private List<FleetName> order = List.of();

  FleetParameterReads(Parameters parameters, ParameterNames names) {
    this.parameters = parameters;
    this.names = names;
  }

  /** A new run, which looks at these fleets, in this order. */
  void begin(List<FleetName> fleets) {
    ahead.clear();
    order = List.copyOf(fleets);
  }

  /**
   * The fleet's source, state, {@code live}, {@code current} and TaskReplacement's marks, by name;
   * those that are not there are left out.
   */
  Map<String, Parameter> of(FleetName fleet) {
    Map<String, Parameter> before = ahead.remove(fleet);
    if (before != null) {
      return before;
    }
    Optional<FleetName> next = next(fleet);
    return next.isPresent() ? together(fleet, next.get()) : alone(fleet);
  }

  private Optional<FleetName> next(FleetName fleet) {
    int place = order.indexOf(fleet);
    return Optional.of(place + 1)
        .filter(index -> place >= 0 && index < order.size() && !alone.contains(fleet))
        .map(order::get)
        .filter(other -> !alone.contains(other));
  }

  private Map<String, Parameter> together(FleetName fleet, FleetName next) {
    Map<String, Parameter> both;
    try {
      both = parameters.read(Stream.concat(names(fleet), names(next)).toList());
    } catch (SdkException refused) {
      if (AwsError.of(refused) != AwsError.GIVE_UP) {
        throw refused;
      }
      Map<String, Parameter> own = alone(fleet);
      alone.add(next);
      return own;
    }
    ahead.put(next, both);
    return both;
  }

  private Map<String, Parameter> alone(FleetName fleet) {
    alone.add(fleet);
    Map<String, Parameter> read = parameters.read(names(fleet).toList());
    alone.remove(fleet);
    return read;
  }

  private Stream<String> names(FleetName fleet) {
    return Stream.of(
        names.source(fleet),
        names.state(fleet),
        names.live(fleet),
        names.current(fleet),
        names.replacements(fleet));
  }
}
