package dev.shepherd.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.shepherd.local.world.VirtualClock;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Makes a function's handler, once for each function. */
@FunctionalInterface
public interface Handlers {
  RequestStreamHandler create(Template.Function function);

  /** The real handlers, with their environment from the template and everything else from here. */
  static Handlers real(SdkHttpClient http, RetryStrategy retry, VirtualClock clock) {
    return function -> create(function, http, retry, new VirtualTime(clock));
  }

  /**
   * A function's real handler. Each has a public constructor {@code (Map, SdkHttpClient,
   * RetryStrategy, InstantSource)}.
   */
  static RequestStreamHandler create(
      Template.Function function, SdkHttpClient http, RetryStrategy retry, InstantSource clock) {
    try {
      return Class.forName(function.handler())
          .asSubclass(RequestStreamHandler.class)
          .getConstructor(Map.class, SdkHttpClient.class, RetryStrategy.class, InstantSource.class)
          .newInstance(function.environment(), http, retry, clock);
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(
          "cannot make the handler " + function.handler() + " of " + function.id(), wrong);
    }
  }
}
