package dev.shepherd.functions.aws;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's context for a rehearsal: a log that nobody reads.
 *
 * @param left the time that remains
 */
record RehearsalContext(Supplier<Duration> left) implements Context {
  @Override
  public int getRemainingTimeInMillis() {
    return Math.toIntExact(left.get().toMillis());
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {}

      @Override
      public void log(byte[] message) {}
    };
  }

  @Override
  public String getAwsRequestId() {
    return "rehearsal";
  }

  @Override
  public String getFunctionName() {
    return "rehearsal";
  }

  @Override
  public String getFunctionVersion() {
    return "rehearsal";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "rehearsal";
  }

  @Override
  public String getLogGroupName() {
    return "rehearsal";
  }

  @Override
  public String getLogStreamName() {
    return "rehearsal";
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }
}
