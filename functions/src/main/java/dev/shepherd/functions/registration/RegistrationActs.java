package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.shared.registration.RegistrationDecision;
import dev.shepherd.shared.registration.RegistrationDecision.Change;
import dev.shepherd.shared.registration.RegistrationDecision.Correct;
import dev.shepherd.shared.registration.RegistrationDecision.Deregister;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.RegistrationDecision.Register;
import dev.shepherd.shared.registration.RegistrationDecision.SetHealth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.DeregisterInstanceRequest;
import software.amazon.awssdk.services.servicediscovery.model.RegisterInstanceRequest;
import software.amazon.awssdk.services.servicediscovery.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.servicediscovery.model.UpdateInstanceCustomHealthStatusRequest;

/**
 * Carries out what was decided for one Cloud Map service, each decision on its own, so that none
 * hides another. Each is one call, and safe to repeat: <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html">registering</a>
 * replaces.
 */
final class RegistrationActs {
  private static final int FAILURES_TOLD = 5;
  private static final String DEREGISTERED = "deregistered";
  private static final String REGISTERED = "registered";

  private final RegistrationAws aws;
  private final Operations operations;
  private final DomainEvents events;

  RegistrationActs(RegistrationAws aws, Operations operations, DomainEvents events) {
    this.aws = aws;
    this.operations = operations;
    this.events = events;
  }

  /**
   * What was done.
   *
   * @param instances those that are settled: by Shepherd, or found so
   * @param deregistered how many of them were taken out
   * @param registered how many of them were put in
   * @param failures what was refused
   */
  record Done(Set<String> instances, int deregistered, int registered, List<String> failures) {
    Done {
      instances = Set.copyOf(instances);
      failures = List.copyOf(failures);
    }

    /** @throws ReconcileException that names what was refused */
    void refuseFailures() {
      if (!failures.isEmpty()) {
        throw new ReconcileException(failures.size() + " refused: "
            + String.join("; ", failures.subList(0, Math.min(FAILURES_TOLD, failures.size()))));
      }
    }
  }

  /**
   * Does it while there is time, and publishes {@code Registrations Repaired} for what was done.
   */
  Done apply(Registry registry, List<RegistrationDecision> decisions, Run run) {
    Map<String, List<String>> done = new TreeMap<>();
    Set<String> settled = new HashSet<>();
    List<String> failures = new ArrayList<>();
    boolean full = false;
    for (RegistrationDecision decision : decisions) {
      if ((full && decision instanceof Register) || !run.hasTime()) {
        continue; // The next run's: nothing is lost by waiting.
      }
      try {
        act(registry.id(), decision).ifPresent(act -> {
          run.count(act.metric(), 1);
          done.computeIfAbsent(act.member(), _ -> new ArrayList<>()).add(act.instance());
        });
        if (decision instanceof Change change) {
          settled.add(change.instance());
        }
      } catch (SdkException refused) {
        full |= refused instanceof ResourceLimitExceededException;
        failures.add(decision.getClass().getSimpleName() + ": " + AwsError.describe(refused));
      }
    }
    if (!done.isEmpty()) {
      tell(registry, done);
    }
    return new Done(
        settled,
        done.getOrDefault(DEREGISTERED, List.of()).size(),
        done.getOrDefault(REGISTERED, List.of()).size(),
        failures);
  }

  private void tell(Registry registry, Map<String, List<String>> done) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("subject", registry.subject());
    detail.put("registry", registry.id());
    detail.put("services", registry.registrants().keySet().stream().sorted().toList());
    detail.putAll(done);
    events.publish("Registrations Repaired", registry.subject(), detail);
  }

  /** What was done, as the event's detail and the metrics name it. */
  private record Act(String instance, String member, String metric) {}

  private Optional<Act> act(String registry, RegistrationDecision decision) {
    return switch (decision) {
      case Register missing ->
        register(registry, missing.instance(), missing.attributes())
            .map(id -> new Act(id, REGISTERED, "Registered"));
      case Correct wrong ->
        register(registry, wrong.instance(), wrong.attributes())
            .map(id -> new Act(id, "corrected", "Corrected"));
      case Deregister stale ->
        deregister(registry, stale.instance()).map(id -> new Act(id, DEREGISTERED, "Deregistered"));
      case SetHealth health -> Optional.of(setHealth(registry, health));
      case Leave _ -> Optional.empty();
    };
  }

  private Optional<String> deregister(String registry, String instance) {
    DeregisterInstanceRequest request = DeregisterInstanceRequest.builder()
        .serviceId(registry)
        .instanceId(instance)
        .build();
    return submitted(registry, instance, () -> aws.deregisterInstance(request).operationId());
  }

  private Optional<String> register(
      String registry, String instance, Map<String, String> attributes) {
    return submitted(
        registry,
        instance,
        () -> aws.registerInstance(RegisterInstanceRequest.builder()
                .serviceId(registry)
                .instanceId(instance)
                .attributes(new TreeMap<>(attributes))
                .build())
            .operationId());
  }

  /** The instance; empty when it is so already, or Cloud Map works on it. */
  private Optional<String> submitted(String registry, String instance, Supplier<String> operation) {
    try {
      operations.submitted(registry, instance, operation.get());
      return Optional.of(instance);
    } catch (SdkException refused) {
      return switch (AwsError.of(refused)) {
        case GONE, ALREADY_SO -> Optional.empty();
        case TRY_LATER, GIVE_UP -> throw refused;
      };
    }
  }

  private Act setHealth(String registry, SetHealth health) {
    aws.updateInstanceCustomHealthStatus(UpdateInstanceCustomHealthStatusRequest.builder()
        .serviceId(registry)
        .instanceId(health.instance())
        .status(health.healthy() ? CustomHealthStatus.HEALTHY : CustomHealthStatus.UNHEALTHY)
        .build());
    return new Act(health.instance(), health.healthy() ? "healthy" : "unhealthy", "HealthSet");
  }
}
