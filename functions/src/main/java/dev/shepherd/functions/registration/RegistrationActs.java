package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.functions.aws.Run;
import dev.shepherd.shared.registration.RegistrationDecision;
import dev.shepherd.shared.registration.RegistrationDecision.Correct;
import dev.shepherd.shared.registration.RegistrationDecision.Deregister;
import dev.shepherd.shared.registration.RegistrationDecision.Leave;
import dev.shepherd.shared.registration.RegistrationDecision.Register;
import dev.shepherd.shared.registration.RegistrationDecision.SetHealth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.DeregisterInstanceRequest;
import software.amazon.awssdk.services.servicediscovery.model.RegisterInstanceRequest;
import software.amazon.awssdk.services.servicediscovery.model.UpdateInstanceCustomHealthStatusRequest;

/**
 * Carries out what was decided for one Cloud Map service, each decision on its own, so that none
 * hides another. Each is one call, and safe to repeat: <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html">registering</a>
 * replaces.
 */
final class RegistrationActs {
  private static final int FAILURES_TOLD = 5;

  private final RegistrationAws aws;
  private final Operations operations;
  private final DomainEvents events;

  RegistrationActs(RegistrationAws aws, Operations operations, DomainEvents events) {
    this.aws = aws;
    this.operations = operations;
    this.events = events;
  }

  /**
   * Does it, and publishes {@code Registrations Repaired} where something was done.
   *
   * @throws ReconcileException that names what was refused, when all else is done
   */
  void apply(Registry registry, List<RegistrationDecision> decisions, Run run) {
    Map<String, List<String>> done = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    for (RegistrationDecision decision : decisions) {
      try {
        act(registry.id(), decision).ifPresent(act -> {
          run.count(act.metric(), 1);
          done.computeIfAbsent(act.member(), _ -> new ArrayList<>()).add(act.instance());
        });
      } catch (SdkException refused) {
        failures.add(decision.getClass().getSimpleName() + ": " + AwsError.describe(refused));
      }
    }
    if (!done.isEmpty()) {
      tell(registry, done);
    }
    if (!failures.isEmpty()) {
      throw new ReconcileException(failures.size() + " refused: "
          + String.join("; ", failures.subList(0, Math.min(FAILURES_TOLD, failures.size()))));
    }
  }

  private void tell(Registry registry, Map<String, List<String>> done) {
    Map<String, Object> detail = new LinkedHashMap<>();
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
            .map(id -> new Act(id, "registered", "Registered"));
      case Correct wrong ->
        register(registry, wrong.instance(), wrong.attributes())
            .map(id -> new Act(id, "corrected", "Corrected"));
      case Deregister stale ->
        deregister(registry, stale.instance())
            .map(id -> new Act(id, "deregistered", "Deregistered"));
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
