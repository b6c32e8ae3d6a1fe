package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RehearsalServerTest {
  private static final String REQUEST =
      "POST / HTTP/1.1\r\nX-Amz-Target: Service_1.Ask\r\n" + "Content-Length: 2\r\n\r\n{}";

  private static String answer(Socket client) throws IOException {
    client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    BufferedReader in = new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
    }
    char[] body = new char["Ask {}".length()];
    assertThat(in.read(body)).isEqualTo(body.length);
    return head.append(body).toString();
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  @Test
  void answersOneRequestAfterTheOther() throws IOException {
    try (RehearsalServer server = new RehearsalServer((name, request) -> name + " " + request);
        Socket client = connect(server.port())) {
      assertThat(answer(client)).startsWith("HTTP/1.1 200 OK").endsWith("Ask {}");
      assertThat(answer(client)).endsWith("Ask {}");
    }
  }

  @Test
  void closedItLeavesNoConnectionAndDoesNotListen() throws IOException {
    RehearsalServer server = new RehearsalServer((name, request) -> name + " " + request);
    int port = server.port();
    try (Socket client = connect(port)) {
      answer(client);

      server.close();

      assertThat(client.getInputStream().read()).isNegative();
      assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }
  }
}
