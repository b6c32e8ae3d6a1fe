package dev.shepherd.functions.status;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.ReconcileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** One look's reads: what fails is told, and hides nothing else. */
final class Guarded {
  private final List<StatusView.Failure> failures = new ArrayList<>();

  /** What was read; empty where it could not be, which is told. */
  <T> Optional<T> read(String subject, Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (ReconcileException refused) {
      failed(subject, String.valueOf(refused.getMessage()));
    } catch (SdkException refused) {
      failed(subject, AwsError.describe(refused));
    }
    return Optional.empty();
  }

  void failed(String subject, String reason) {
    failures.add(new StatusView.Failure(subject, reason));
  }

  List<StatusView.Failure> failures() {
    return List.copyOf(failures);
  }
}
