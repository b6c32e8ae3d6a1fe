package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.AwsFailure;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/**
 * Faults of the calls, drawn from a seed: throttling, and server errors of which half strike before
 * the call's effect and half after it, as a lost answer does. Besides, calls that IAM denies.
 */
public final class Faults implements CallHook {
  private final SplittableRandom random;
  private double throttle;
  private double serverError;
  private boolean answerIsLost;
  private BiPredicate<String, ObjectNode> denied = (operation, request) -> false;

  public Faults(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Shares of calls, from 0 to 1, from now on. */
  public Faults rates(double throttle, double serverError) {
    this.throttle = rate("throttle", throttle);
    this.serverError = rate("serverError", serverError);
    return this;
  }

  private static double rate(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, got " + value);
    }
    return value;
  }

  /** Denies the calls that the predicate names; it replaces the one before. */
  public Faults deny(BiPredicate<String, ObjectNode> denied) {
    this.denied = denied;
    return this;
  }

  @Override
  public void before(String operation, ObjectNode request) {
    if (denied.test(operation, request)) {
      throw AwsFailure.refused(
          "AccessDeniedException",
          "User: arn:aws:sts::%s:assumed-role/shepherd/function is not authorized to perform: %s"
              .formatted(Arns.ACCOUNT, operation));
    }
    if (throttle > 0 && random.nextDouble() < throttle) {
      throw AwsFailure.refused("ThrottlingException", "Rate exceeded");
    }
    double draw = serverError > 0 ? random.nextDouble() : 1;
    answerIsLost = draw < serverError;
    if (draw < serverError / 2) {
      throw lost();
    }
  }

  @Override
  public void after(String operation, ObjectNode request) {
    if (answerIsLost) {
      throw lost();
    }
  }

  private static AwsFailure lost() {
    return AwsFailure.server("InternalServerError", "An internal error occurred.");
  }
}
