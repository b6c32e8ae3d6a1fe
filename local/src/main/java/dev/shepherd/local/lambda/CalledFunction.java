package dev.shepherd.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** A function that a caller starts and waits for, in this process. */
public final class CalledFunction {
  private final Template.Function function;
  private final RequestStreamHandler handler;
  private final InstantSource clock;
  private int calls;

  /** What it answered, and the lines that it logged. */
  public record Result(String json, List<String> log) {}

  /** Makes its handler, which serves every call. */
  public CalledFunction(
      Template.Function function, SdkHttpClient http, RetryStrategy retry, InstantSource clock) {
    this.function = function;
    this.handler = Handlers.create(function, http, retry, clock);
    this.clock = clock;
  }

  /** One call. */
  public Result call(String event) throws IOException {
    HostContext context = new HostContext(function, "call-" + ++calls, clock);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    handler.handleRequest(new ByteArrayInputStream(bytes), output, context);
    return new Result(output.toString(StandardCharsets.UTF_8), context.log());
  }
}
