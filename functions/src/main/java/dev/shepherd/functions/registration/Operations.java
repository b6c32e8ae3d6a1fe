package dev.shepherd.functions.registration;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.PassingTime;
import dev.shepherd.functions.aws.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.servicediscovery.model.GetOperationRequest;
import software.amazon.awssdk.services.servicediscovery.model.Operation;

/**
 * Cloud Map's <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_GetOperation.html">operations</a> that
 * Shepherd has asked for and that were not over when last seen. A run looks at what earlier ones
 * left before it lists anything, and follows its own to their end while it has time. Lost with this
 * instance of the function: then the listing tells what became of them.
 */
final class Operations {
  private record Subject(String registry, String instance) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return registry + " " + instance;
    }
  }

  /** None is over at once. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  /** Pauses double up to 16 s: what takes longer than half a minute is left to the next run. */
  private static final int MOST_PAUSES = 4;

  private final RegistrationAws aws;
  private final InstantSource clock;
  private final Map<Subject, String> pending = new TreeMap<>();

  Operations(RegistrationAws aws, InstantSource clock) {
    this.aws = aws;
    this.clock = clock;
  }

  void submitted(String registry, String instance, String operation) {
    pending.put(new Subject(registry, instance), operation);
  }

  /** The instances of a Cloud Map service that an operation still works on. */
  Set<String> underWay(String registry) {
    return pending.keySet().stream()
        .filter(subject -> subject.registry().equals(registry))
        .map(Subject::instance)
        .collect(Collectors.toSet());
  }

  /** Looks at all until they are over, while there is time. */
  void followToTheEnd(Run run) {
    Duration pause = FIRST_PAUSE;
    for (int i = 0; i < MOST_PAUSES && !pending.isEmpty(); i++) {
      if (run.left().compareTo(pause) <= 0) {
        return;
      }
      PassingTime.pause(clock, pause);
      pause = pause.multipliedBy(2);
      follow(run);
    }
  }

  /** Looks at all once, while there is time; one that failed is told. */
  void follow(Run run) {
    for (Map.Entry<Subject, String> each : List.copyOf(pending.entrySet())) {
      if (!run.hasTime()) {
        return;
      }
      run.guarded(each.getKey().toString(), () -> follow(each.getKey(), each.getValue(), run));
    }
  }

  private void follow(Subject subject, String id, Run run) {
    Operation operation;
    try {
      operation = aws.getOperation(GetOperationRequest.builder().operationId(id).build())
          .operation();
    } catch (SdkException error) {
      if (AwsError.of(error) != AwsError.GONE) {
        throw error;
      }
      pending.remove(subject);
      return;
    }
    switch (operation.status()) {
      case SUCCESS -> pending.remove(subject);
      case FAIL -> {
        pending.remove(subject);
        run.failed(
            subject.toString(),
            operation.typeAsString() + " failed in Cloud Map: " + operation.errorCode() + " "
                + operation.errorMessage());
      }
      case SUBMITTED, PENDING, UNKNOWN_TO_SDK_VERSION -> {}
    }
  }
}
