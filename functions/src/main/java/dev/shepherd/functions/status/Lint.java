package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.status.FleetView.Found;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.ValidationTarget;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.ConfigVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the validator says of a fleet's newest text and of the definitions that are to run it: the
 * same findings, by the same rules, as a rollout of that text would meet. A version and a revision
 * never change, so what was said of the two is kept while both are in use.
 */
final class Lint {
  private final TaskDefinitions definitions;
  private final ParameterNames names;
  private final Map<Subject, List<Finding>> known = new HashMap<>();
  private final Set<Subject> used = new HashSet<>();

  /** A text and what is to run it; nothing where no service does. */
  private record Subject(FleetName fleet, long version, String definition) {}

  Lint(TaskDefinitions definitions, ParameterNames names) {
    this.definitions = definitions;
    this.names = names;
  }

  /** A new look. */
  void begin() {
    known.keySet().retainAll(used);
    used.clear();
  }

  /** Every finding once, the worst first, with the services to which it applies. */
  List<Found> of(FleetName fleet, ConfigVersion source, List<ServiceState> services) {
    ConfigText text = ConfigText.parse(source.text());
    Map<Finding, Set<ServiceName>> found = new TreeMap<>();
    if (services.isEmpty()) {
      said(new Subject(fleet, source.version(), ""), text, Stream.of(ValidationTarget.UNKNOWN))
          .forEach(finding -> found.put(finding, Set.of()));
    }
    TaskFacts.Parameter parameter =
        new TaskFacts.Parameter(names.source(fleet), Optional.of(source.kind().tier()));
    for (ServiceState service : services) {
      String arn = service.definition().arn();
      said(
              new Subject(fleet, source.version(), arn),
              text,
              definitions.targets(arn, fleet, parameter))
          .forEach(
              finding -> found.computeIfAbsent(finding, _ -> new TreeSet<>()).add(service.name()));
    }
    List<Found> all = new ArrayList<>();
    found.forEach((finding, of) -> all.add(new Found(finding, of)));
    all.sort(Comparator.comparing(each -> each.finding().severity()));
    return all;
  }

  private List<Finding> said(Subject subject, ConfigText text, Stream<ValidationTarget> targets) {
    used.add(subject);
    return known.computeIfAbsent(
        subject,
        _ -> targets
            .flatMap(target -> ConfigValidator.validate(text, target).findings().stream())
            .distinct()
            .toList());
  }
}
