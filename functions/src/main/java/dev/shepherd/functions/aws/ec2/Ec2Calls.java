package dev.shepherd.functions.aws.ec2;

import dev.shepherd.functions.aws.ReconcileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * EC2's DescribeInstances over its <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html">query
 * protocol</a>, signed by the SDK's signer and sent by its HTTP client. EC2's own client would make
 * the artifact half as large again (25 MB) for this call. It is not retried: the schedule is.
 */
public final class Ec2Calls {
  private static final String VERSION = "2016-11-15";
  private static final int PAGE = 1_000;

  private final SdkHttpClient http;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  public Ec2Calls(SdkHttpClient http) {
    this.http = http;
  }

  /**
   * Asks for the private addresses of instances.
   *
   * @throws ReconcileException that names EC2's code when it refuses, or cannot be reached
   */
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", "DescribeInstances");
    form.put("Version", VERSION);
    form.put("MaxResults", Integer.toString(PAGE));
    form.put("Filter.1.Name", "instance-id");
    for (int i = 0; i < request.instanceIds().size(); i++) {
      form.put("Filter.1.Value." + (i + 1), request.instanceIds().get(i));
    }
    request.nextToken().ifPresent(token -> form.put("NextToken", token));
    String body = form.entrySet().stream()
        .map(each ->
            each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    try {
      return InstancesXml.read(send(ContentStreamProvider.fromUtf8String(body)));
    } catch (IOException unreachable) {
      throw new ReconcileException(
          "ec2:DescribeInstances: " + unreachable.getClass().getSimpleName());
    }
  }

  private byte[] send(ContentStreamProvider body) throws IOException {
    Region region = DefaultAwsRegionProviderChain.builder().build().getRegion();
    SdkHttpRequest request = SdkHttpRequest.builder()
        .method(SdkHttpMethod.POST)
        .uri(endpoint(region))
        .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .build();
    SignedRequest signed;
    try (DefaultCredentialsProvider credentials =
        DefaultCredentialsProvider.builder().build()) {
      signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
          .request(request)
          .payload(body)
          .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ec2")
          .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
    }
    HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElse(body))
            .build())
        .call();
    byte[] text = new byte[0];
    if (answer.responseBody().isPresent()) {
      try (InputStream stream = answer.responseBody().get()) {
        text = stream.readAllBytes();
      }
    }
    if (!answer.httpResponse().isSuccessful()) {
      throw new ReconcileException("ec2:DescribeInstances: HTTP "
          + answer.httpResponse().statusCode() + " "
          + InstancesXml.errorCode(new ByteArrayInputStream(text)));
    }
    return text;
  }

  /** As the SDK's clients do: what the environment names, or the region's own. */
  private static URI endpoint(Region region) {
    return Stream.of("AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL")
        .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
        .map(URI::create)
        .findFirst()
        .orElseGet(() -> URI.create(
            "https://ec2." + region.id() + "." + PartitionMetadata.of(region).dnsSuffix() + "/"));
  }
}
