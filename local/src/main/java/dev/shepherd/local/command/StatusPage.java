package dev.shepherd.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.shepherd.local.lambda.CalledFunction;
import dev.shepherd.local.protocol.LoopbackServer;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The local world's live page: one HTML file that fetches again and again what FleetStatus says, as
 * the widget of a dashboard shows it ({@code /status.html}), and what happened last
 * ({@code /status.json}, with FleetStatus' JSON in it).
 */
final class StatusPage {
  private static final int ENTRIES_SHOWN = 40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Simulation simulation;
  private final CalledFunction fleetStatus;
  private final int speed;

  StatusPage(Simulation simulation, int speed) {
    this.simulation = simulation;
    this.fleetStatus = simulation.fleetStatus();
    this.speed = speed;
  }

  void serve(LoopbackServer server) {
    byte[] page = page();
    server.context(
        LoopbackServer.STATUS, exchange -> answer(exchange, "text/html; charset=utf-8", page));
    server.context(
        "/status.html",
        exchange ->
            answer(exchange, "text/html; charset=utf-8", bytes(status("html").asText())));
    server.context(
        "/status.json",
        exchange -> answer(exchange, "application/json", bytes(news().toString())));
  }

  private JsonNode news() throws IOException {
    return simulation.news(ENTRIES_SHOWN).put("speed", speed).setAll((ObjectNode) status("json"));
  }

  private JsonNode status(String format) throws IOException {
    String event = JSON.createObjectNode().put("format", format).toString();
    return JSON.readTree(fleetStatus.call(event).json());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
