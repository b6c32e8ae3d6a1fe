package dev.shepherd.local.protocol;

import dev.shepherd.local.world.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The SDK's HTTP client without a network: a call is answered by the face at once, after a small
 * virtual latency in which the world moves on.
 */
public final class InProcessHttpClient implements SdkHttpClient {
  private static final Duration LATENCY = Duration.ofMillis(20);

  private final AwsFace face;
  private final VirtualClock clock;
  private final Duration latency;

  public InProcessHttpClient(AwsFace face, VirtualClock clock) {
    this(face, clock, LATENCY);
  }

  /** {@code latency} is virtual time for each call, zero or more. */
  public InProcessHttpClient(AwsFace face, VirtualClock clock, Duration latency) {
    this.face = face;
    this.clock = clock;
    this.latency = latency;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        clock.pass(latency);
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) {
    String target =
        request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("no X-Amz-Target");
    AwsFace.Answer answer = face.call(target, body(request));
    byte[] bytes = AwsJson.bytes(answer.body());
    SdkHttpResponse head = SdkHttpResponse.builder()
        .statusCode(answer.status())
        .putHeader("Content-Type", "application/x-amz-json-1.1")
        .putHeader("Content-Length", Integer.toString(bytes.length))
        .build();
    return HttpExecuteResponse.builder()
        .response(head)
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  private static byte[] body(HttpExecuteRequest request) {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    try (InputStream stream = request.contentStreamProvider().get().newStream()) {
      return stream.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public String clientName() {
    return "Shepherd's local world";
  }

  @Override
  public void close() {}
}
