package dev.shepherd.local.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Calls to moto's server without a client. */
final class MotoWire implements AutoCloseable {
  /** The header that moto takes the account from. */
  static final String ACCOUNT = "x-moto-account-id";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SIGNED_FOR = Map.of(
      "AmazonEC2ContainerServiceV20141113", "ecs",
      "AmazonSSM", "ssm",
      "AmazonSQS", "sqs");

  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  MotoWire(URI url) {
    this.url = url;
  }

  /** AWS JSON; {@code target} is {@code AmazonSSM.GetParameter}. */
  Side.Raw json(String account, String target, String body) {
    String service = SIGNED_FOR.getOrDefault(target.substring(0, target.indexOf('.')), "ecs");
    HttpResponse<String> answer = send(HttpRequest.newBuilder(url)
        .header("X-Amz-Target", target)
        .header("Content-Type", "application/x-amz-json-1.1")
        .header("Authorization", signature(service))
        .header(ACCOUNT, account)
        .POST(HttpRequest.BodyPublishers.ofString(body)));
    return new Side.Raw(answer.statusCode(), parsed(answer.body()));
  }

  /** An operation of EC2 without parameters; its XML. */
  String ec2(String account, String operation) {
    return send(HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .header("Authorization", signature("ec2"))
            .header(ACCOUNT, account)
            .POST(
                HttpRequest.BodyPublishers.ofString("Action=" + operation + "&Version=2016-11-15")))
        .body();
  }

  /** moto's own settings. */
  void set(String path, String body) {
    send(HttpRequest.newBuilder(url.resolve("/moto-api/" + path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** moto reads the service and the region in it, and checks nothing. */
  private static String signature(String service) {
    return "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/"
        + service
        + "/aws4_request, SignedHeaders=host, Signature=0";
  }

  /** What is no JSON is a text. */
  static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException page) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
