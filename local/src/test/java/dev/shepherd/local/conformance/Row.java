package dev.shepherd.local.conformance;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * One behaviour that AWS documents.
 *
 * @param area the service, and the part of it
 * @param name what AWS does, as a sentence
 * @param source the page that says so
 * @param check what must hold on an empty account; it throws where it does not
 * @param moto how moto {@value MotoSide#VERSION} differs, where it does
 */
record Row(String area, String name, String source, Check check, Optional<Difference> moto) {
  /** What must hold on an empty account. */
  @FunctionalInterface
  interface Check {
    void on(Side side);
  }

  /**
   * How moto differs.
   *
   * @param shown a part of the message with which the check fails there, so that the note goes
   *     stale when moto fails otherwise or no more
   * @param verdict who is right, and why
   */
  record Difference(String shown, String verdict) {}

  /** moto differs: the check fails there with this text in its message. */
  Row movesAway(String shown, String verdict) {
    return new Row(area, name, source, check, Optional.of(new Difference(shown, verdict)));
  }

  /** The error code with which AWS refuses the call; where there is none, the HTTP status. */
  static String refusal(Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException refused) {
      return Optional.ofNullable(refused.awsErrorDetails())
          .map(details -> details.errorCode())
          .filter(code -> !code.isEmpty())
          .orElse("HTTP " + refused.statusCode());
    }
    return "none: the call was answered";
  }
}
