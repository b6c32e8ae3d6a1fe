package dev.shepherd.functions.aws;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * A handler that is rehearsed before Lambda's <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">SnapStart</a>
 * takes its snapshot: another handler like it is run once ({@link Rehearsal}), so that the classes
 * are loaded. This one is left as it was made: it has called nobody, asked for no credentials and
 * read no clock, so nothing of that can survive into a restored function.
 */
public interface Rehearsed extends RequestStreamHandler, Resource {
  /** Another handler like this one, with everything that it depends on from here. */
  RequestStreamHandler like(
      Map<String, String> environment, AwsClients clients, InstantSource clock);

  /** Has it rehearsed before a snapshot; Lambda itself keeps the handler alive until then. */
  static void beforeSnapshots(Rehearsed handler) {
    Core.getGlobalContext().register(handler);
  }

  @Override
  default void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    Rehearsal.play(this);
  }

  @Override
  default void afterRestore(Context<? extends Resource> context) {
    // Connections, credentials and times are made on first use, which is after this.
  }
}
