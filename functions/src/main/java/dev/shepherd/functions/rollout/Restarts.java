package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.FleetReader;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Settings;
import dev.shepherd.functions.aws.StateJson;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.functions.event.RestartRequest;
import dev.shepherd.shared.config.CanonicalHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.rollout.RestartRule;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * Carries out the restarts that TaskReplacement asks for, where the world says the same. Calls of
 * each: DescribeServices, two ListTasks, DescribeTasks, GetParameters for each fleet of the
 * service, UpdateService.
 */
final class Restarts {
  /** How old a read of ECS may be: so long a deployment that was just forced need not show. */
  private static final Duration FRESH = Duration.ofMinutes(2);

  private final RolloutAws aws;
  private final List<String> clusters;
  private final ParameterNames names;
  private final Parameters parameters;
  private final FleetReader fleets;
  private final InstantSource clock;
  private final Map<ServiceName, Instant> forced = new HashMap<>();

  Restarts(RolloutAws aws, Settings settings, InstantSource clock) {
    this.aws = aws;
    this.clusters = settings.clusters();
    this.names = settings.names();
    this.parameters = new Parameters(aws);
    this.fleets = new FleetReader(aws, clusters, new TaskDefinitions(aws, settings.names()));
    this.clock = clock;
  }

  /**
   * Each service once, whatever the number of requests; the newest counts.
   *
   * @param heard by events
   * @param seen in TaskReplacement's marks, should the event be lost
   */
  void carryOut(List<RestartRequest> heard, List<RestartRequest> seen, Run run) {
    Map<ServiceName, RestartRequest> newest = new HashMap<>();
    forced.values().removeIf(time -> time.plus(FRESH).isBefore(clock.instant()));
    Stream<RestartRequest> open =
        seen.stream().filter(request -> !forced.containsKey(request.service()));
    Stream.concat(heard.stream(), open)
        .filter(request -> clusters.contains(request.service().cluster()))
        .forEach(request -> newest.merge(
            request.service(),
            request,
            (one, other) -> one.time().isAfter(other.time()) ? one : other));
    newest.values().stream()
        .sorted((one, other) -> one.service().compareTo(other.service()))
        .forEach(request -> {
          String subject = request.service().toString();
          if (run.hasTime()) {
            run.guarded(subject, () -> carryOut(request, run));
          } else {
            run.leftForNext(subject, Run.NO_TIME);
          }
        });
  }

  private void carryOut(RestartRequest request, Run run) {
    Optional<String> refusal = refusal(request, run);
    String subject = request.service().toString();
    if (refusal.isPresent()) {
      run.decided(Level.INFO, subject, "RestartRefused", refusal.get());
      return;
    }
    run.decided(
        Level.INFO,
        subject,
        "Restart",
        "the collector of its only task " + request.task()
            + " is sick: the successor starts first");
    if (!run.dryRun()) {
      forced.put(request.service(), clock.instant());
      aws.updateService(UpdateServiceRequest.builder()
          .cluster(request.service().cluster())
          .service(request.service().service())
          .forceNewDeployment(true)
          .build());
    }
  }

  private Optional<String> refusal(RestartRequest request, Run run) {
    if (forced.containsKey(request.service())) {
      return Optional.of("a deployment was forced a moment ago");
    }
    Optional<ServiceState> service = fleets
        .look(request.service(), run::failed)
        .flatMap(found -> Optional.ofNullable(fleets.tasks(Set.of(found.name())).get(found.name()))
            .map(found::with));
    if (service.isEmpty()) {
      return Optional.of("the service is gone");
    }
    List<RolloutState> states = new ArrayList<>();
    boolean sourceIsLive = true;
    TreeSet<FleetName> own = new TreeSet<>();
    service
        .get()
        .definition()
        .collectors()
        .forEach(each -> own.add(each.reference().fleet()));
    for (FleetName fleet : own) {
      Map<String, Parameter> read =
          parameters.read(List.of(names.state(fleet), names.source(fleet)));
      Optional<RolloutState> state = Optional.ofNullable(read.get(names.state(fleet)))
          .map(parameter -> StateJson.read(parameter.value(), parameter.name()));
      state.ifPresent(states::add);
      sourceIsLive &= state.isPresent()
          && Optional.ofNullable(read.get(names.source(fleet)))
              .filter(source -> state
                  .get()
                  .live()
                  .equals(CanonicalHash.of(source.value(), source.typeAsString(), key(source))))
              .isPresent();
    }
    return own.isEmpty()
        ? Optional.of("the service takes no config")
        : RestartRule.refusal(service.get(), request.task(), states, sourceIsLive);
  }

  private Optional<String> key(Parameter source) {
    return source.typeAsString().equals("SecureString")
        ? parameters.named(List.of(source.name())).stream()
            .map(ParameterMetadata::keyId)
            .findFirst()
        : Optional.empty();
  }
}
