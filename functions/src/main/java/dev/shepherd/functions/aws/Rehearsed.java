package dev.shepherd.functions.aws;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.shepherd.functions.aws.Telemetry.Level;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * A handler that is rehearsed before Lambda's <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">SnapStart</a>
 * takes its snapshot: another handler like it is run a few times ({@link Rehearsal}), so that the
 * classes are loaded and the code is warm. This one is left as it was made: it has called nobody,
 * asked for no credentials and read no clock, so nothing of that can survive into a restored
 * function. Without SnapStart nothing is rehearsed.
 */
public interface Rehearsed extends RequestStreamHandler, Resource {
  /** Another handler like this one, with everything that it depends on from here. */
  RequestStreamHandler like(
      Map<String, String> environment, AwsClients clients, InstantSource clock);

  /** Has it rehearsed before a snapshot; Lambda itself keeps the handler alive until then. */
  static void beforeSnapshots(Rehearsed handler) {
    Core.getGlobalContext().register(handler);
  }

  /** A rehearsal that fails is told and passed over: the function would only be slower at first. */
  @Override
  default void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      Rehearsal.play(this, Rehearsal.LIMIT);
    } catch (IOException | RuntimeException failed) {
      new Telemetry(
              getClass().getSimpleName(),
              InstantSource.system(),
              line -> LambdaRuntime.getLogger().log(line + "\n"))
          .log(Level.WARN, "decision", "", "NotRehearsed", failed.getClass().getName(), true);
    }
  }

  @Override
  default void afterRestore(Context<? extends Resource> context) {
    // Connections, credentials and times are made on first use, which is after this.
  }
}
