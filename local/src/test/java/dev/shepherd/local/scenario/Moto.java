package dev.shepherd.local.scenario;

import dev.shepherd.local.world.CloudMapInstance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.Service;

/**
 * <a href="https://docs.getmoto.org/">moto</a>'s Cloud Map, with a namespace and a service of the
 * test's own, in an <a
 * href="https://docs.getmoto.org/en/latest/docs/multi_account.html">account</a> of the test's own:
 * other tests use the server at the same time.
 */
final class Moto implements AutoCloseable {
  private static final Set<String> SET_BY_THE_CLIENT =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  /** The functions' calls are unsigned here; moto asks a signature only which service is meant. */
  private static final String SIGNATURE = "AWS4-HMAC-SHA256 Credential="
      + "local/20260101/eu-west-1/servicediscovery/aws4_request, SignedHeaders=host, Signature=0";

  private static final String ACCOUNT = "x-moto-account-id";
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();

  private final URI url;
  private final String account;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ServiceDiscoveryClient client;
  private final Service service;

  private Moto(URI url) {
    this.url = url;
    account = "%08d%04d"
        .formatted(
            ProcessHandle.current().pid() % 100_000_000, ACCOUNTS.incrementAndGet() % 10_000);
    client = ServiceDiscoveryClient.builder()
        .endpointOverride(url)
        .overrideConfiguration(each -> each.putHeader(ACCOUNT, account))
        .build();
    client.createHttpNamespace(namespace -> namespace.name("collectors"));
    String namespace = client.listNamespaces().namespaces().getFirst().id();
    service = client
        .createService(request ->
            request.name("gateway").namespaceId(namespace).healthCheckCustomConfig(custom -> {}))
        .service();
  }

  /** The server of .ci/run, in an empty account. */
  static Moto fresh() {
    return new Moto(URI.create(System.getenv("SHEPHERD_MOTO_URL")));
  }

  String arn() {
    return service.arn();
  }

  void hold(Collection<CloudMapInstance> instances) {
    instances.forEach(instance -> client.registerInstance(request -> request
        .serviceId(service.id())
        .instanceId(instance.id())
        .attributes(instance.attributes())));
  }

  void deregister(String instance) {
    client.deregisterInstance(request -> request.serviceId(service.id()).instanceId(instance));
  }

  List<InstanceSummary> instances() {
    return client.listInstancesPaginator(request -> request.serviceId(service.id())).stream()
        .flatMap(page -> page.instances().stream())
        .toList();
  }

  void deleteService() {
    client.deleteService(request -> request.id(service.id()));
  }

  /** Sends what is for Cloud Map here, and all else to {@code others}. */
  SdkHttpClient beside(SdkHttpClient others) {
    return new SdkHttpClient() {
      @Override
      public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        boolean cloudMap = request
            .httpRequest()
            .firstMatchingHeader("X-Amz-Target")
            .filter(target -> target.startsWith("Route53AutoNaming"))
            .isPresent();
        if (!cloudMap) {
          return others.prepareRequest(request);
        }
        return new ExecutableHttpRequest() {
          @Override
          public HttpExecuteResponse call() throws IOException {
            return forward(request);
          }

          @Override
          public void abort() {}
        };
      }

      @Override
      public void close() {}
    };
  }

  private HttpExecuteResponse forward(HttpExecuteRequest request) throws IOException {
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(url).header(ACCOUNT, account).header("Authorization", SIGNATURE);
    request.httpRequest().forEachHeader((name, values) -> {
      if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        values.forEach(value -> forwarded.header(name, value));
      }
    });
    try (InputStream body = request.contentStreamProvider().orElseThrow().newStream()) {
      forwarded.POST(HttpRequest.BodyPublishers.ofByteArray(body.readAllBytes()));
    }
    HttpResponse<byte[]> answer = send(forwarded.build());
    SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(answer.statusCode());
    answer.headers().map().forEach(head::putHeader);
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
