package dev.shepherd.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LoopbackServerTest {
  private final LocalAws aws = new LocalAws();

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void answersOverHttpAndServesFurtherPaths() throws IOException, InterruptedException {
    aws.world.parameters().put("/collectors/a", "x");
    try (LoopbackServer server = new LoopbackServer(aws.face, 0)) {
      server.context("/status", exchange -> {
        byte[] page = "fine".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      });
      URI root = URI.create("http://127.0.0.1:" + server.port() + "/");
      var call = HttpRequest.newBuilder(root)
          .header("X-Amz-Target", "AmazonSSM.GetParameter")
          .POST(HttpRequest.BodyPublishers.ofString("{\"Name\":\"/collectors/a\"}"));
      assertThat(send(call).body()).contains("\"Value\":\"x\"");
      assertThat(send(HttpRequest.newBuilder(root.resolve("/status"))).body()).isEqualTo("fine");
    }
  }

  @Test
  void tellsStrangersWhatItIs() throws IOException, InterruptedException {
    try (LoopbackServer server = new LoopbackServer(aws.face, 0)) {
      String page = "http://127.0.0.1:" + server.port() + "/status";
      URI root = URI.create(page).resolve("/");
      HttpResponse<String> refused = send(HttpRequest.newBuilder(root));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("Shepherd's local AWS", page).hasLineCount(1);

      HttpResponse<String> browser =
          send(HttpRequest.newBuilder(root).header("Accept", "text/html,*/*;q=0.8"));
      assertThat(browser.statusCode()).isEqualTo(302);
      assertThat(browser.headers().firstValue("Location")).contains("/status");

      HttpResponse<String> head = send(HttpRequest.newBuilder(root).HEAD());
      assertThat(head.headers().firstValueAsLong("Content-Length"))
          .hasValue(refused.body().length());
    }
  }
}
