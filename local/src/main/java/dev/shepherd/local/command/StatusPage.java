package dev.shepherd.local.command;

import com.sun.net.httpserver.HttpExchange;
import dev.shepherd.local.protocol.LoopbackServer;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The local world's live page: one HTML file that fetches {@code /status.json} again and again. */
final class StatusPage {
  private static final int ENTRIES_SHOWN = 40;

  private final Simulation simulation;
  private final int speed;

  StatusPage(Simulation simulation, int speed) {
    this.simulation = simulation;
    this.speed = speed;
  }

  void serve(LoopbackServer server) {
    byte[] page = page();
    server.context(
        LoopbackServer.STATUS, exchange -> answer(exchange, "text/html; charset=utf-8", page));
    server.context(
        "/status.json",
        exchange -> answer(
            exchange,
            "application/json",
            simulation
                .status(ENTRIES_SHOWN)
                .put("speed", speed)
                .toString()
                .getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] page() {
    try (InputStream file = StatusPage.class.getResourceAsStream("status.html")) {
      return Optional.ofNullable(file).orElseThrow().readAllBytes();
    } catch (IOException broken) {
      throw new IllegalStateException("the built classes lack status.html", broken);
    }
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    LoopbackServer.send(exchange, 200, type, body);
  }
}
