package dev.shepherd.local.protocol;

import dev.shepherd.local.world.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
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

  private final Wire wire;
  private final VirtualClock clock;
  private final Duration latency;

  public InProcessHttpClient(AwsFace face, VirtualClock clock) {
    this(face, clock, LATENCY);
  }

  /** {@code latency} is virtual time for each call, zero or more. */
  public InProcessHttpClient(AwsFace face, VirtualClock clock, Duration latency) {
    wire = new Wire(face);
    this.clock = clock;
    this.latency = latency;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        clock.pass(latency);
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    Wire.Reply reply = wire.answer(
        request.httpRequest().encodedPath(),
        request.httpRequest().firstMatchingHeader("X-Amz-Target"),
        body(request));
    byte[] bytes = reply.body().asByteArrayUnsafe();
    SdkHttpResponse.Builder head = SdkHttpResponse.builder()
        .statusCode(reply.status())
        .putHeader("Content-Length", Integer.toString(bytes.length));
    reply.headers().forEach(head::putHeader);
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  private static byte[] body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    Optional<Integer> length =
        request.httpRequest().firstMatchingHeader("Content-Length").map(Integer::valueOf);
    try (InputStream stream = request.contentStreamProvider().get().newStream()) {
      // Not readAllBytes, which begins with 16 KiB: these are small, and a campaign makes millions.
      return length.isPresent() ? stream.readNBytes(length.get()) : stream.readAllBytes();
    }
  }

  @Override
  public String clientName() {
    return "Shepherd's local world";
  }

  @Override
  public void close() {}
}
