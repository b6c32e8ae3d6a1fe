package dev.shepherd.local.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven by its <a
 * href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a> on loopback.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final String LISTENING = "DevTools listening on ";
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private String session = "";
  private int commands;

  /** Where it is on this machine; empty where there is none on PATH. */
  static Optional<Path> find() {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it, with its files in {@code folder}. */
  Browser(Path program, Path folder) throws IOException, InterruptedException {
    process = new ProcessBuilder(
            program.toString(),
            "--headless",
            "--no-sandbox", // Chromium's own cannot be had by root, in a container or as CI.
            "--disable-gpu",
            "--hide-scrollbars",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--user-data-dir=" + folder,
            "about:blank")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    socket = client
        .newWebSocketBuilder()
        .buildAsync(URI.create(address(process.errorReader(StandardCharsets.UTF_8))), new Ear())
        .join();
    String target = call("Target.createTarget", Map.of("url", "about:blank"))
        .path("targetId")
        .asText();
    session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
        .path("sessionId")
        .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private static String address(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(LISTENING)) {
        return line.substring(LISTENING.length());
      }
    }
    throw new IOException("the browser ended without a word of where it listens");
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          arrived.add(JSON.readTree(text.toString()));
        } catch (IOException notJson) {
          throw new IllegalStateException("the browser speaks no JSON", notJson);
        }
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, data, last);
    }
  }

  /** Asks for something and waits for the answer. */
  private JsonNode call(String method, Map<String, ?> parameters) throws InterruptedException {
    int id = ++commands;
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    socket.sendText(command.toString(), true).join();
    JsonNode answer = next(message -> message.path("id").asInt() == id, method);
    if (answer.has("error")) {
      throw new IllegalStateException(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  /** The next message of this kind; what else comes before it are events, and is kept. */
  private JsonNode next(Predicate<JsonNode> wanted, String what) throws InterruptedException {
    while (true) {
      JsonNode message = Optional.ofNullable(arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .orElseThrow(() -> new IllegalStateException("the browser gives no answer to " + what));
      if (message.has("method")) {
        events.add(message);
      }
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /** Opens a page of this width, light or dark, and waits until it has loaded. */
  void open(URI page, int width, String scheme) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 500));
    call("Emulation.setTouchEmulationEnabled", Map.of("enabled", width < 500));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    events.clear();
    call("Page.navigate", Map.of("url", page.toString()));
    if (events.stream().noneMatch(Browser::isLoaded)) {
      next(Browser::isLoaded, "load");
    }
  }

  private static boolean isLoaded(JsonNode message) {
    return message.path("method").asText().equals("Page.loadEventFired");
  }

  /** What an expression comes to. */
  JsonNode evaluate(String script) throws InterruptedException {
    JsonNode answer = call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Presses and lets go of a key that writes nothing. */
  void key(String name) throws InterruptedException {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", Map.of("type", type, "key", name, "code", name));
    }
  }

  void hover(double x, double y) throws InterruptedException {
    mouse("mouseMoved", x, y, "none");
  }

  void drag(double x, double y, double toX) throws InterruptedException {
    mouse("mousePressed", x, y, "left");
    mouse("mouseMoved", (x + toX) / 2, y, "left");
    mouse("mouseMoved", toX, y, "left");
    mouse("mouseReleased", toX, y, "left");
  }

  private void mouse(String type, double x, double y, String button) throws InterruptedException {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            button,
            "buttons",
            button.equals("left") ? 1 : 0,
            "clickCount",
            1));
  }

  void tap(double x, double y) throws InterruptedException {
    call(
        "Input.dispatchTouchEvent",
        Map.of("type", "touchStart", "touchPoints", List.of(Map.of("x", x, "y", y))));
    call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
  }

  /** Writes what the page shows, all of its height, or only this element. */
  void screenshot(String selector, Path file) throws IOException, InterruptedException {
    JsonNode box = evaluate(
        "(() => { const box = document.querySelector('" + selector + "').getBoundingClientRect();"
            + " return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: Math.min(box.height, 3000), scale: 1 }; })()");
    write(file, Map.of("captureBeyondViewport", true, "clip", box));
  }

  /** Writes what a person sees. */
  void screenshot(Path file) throws IOException, InterruptedException {
    write(file, Map.of());
  }

  private void write(Path file, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    String data = call("Page.captureScreenshot", parameters).path("data").asText();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /** What the page wrote to the console, threw, or asked the network for beside itself. */
  List<String> complaints() throws InterruptedException {
    evaluate("0"); // Whatever came before this answer has been heard.
    return events.stream()
        .filter(event -> switch (event.path("method").asText()) {
          case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" -> true;
          case "Network.requestWillBeSent" -> {
            String type = event.path("params").path("type").asText();
            yield !type.equals("Document")
                && !event.path("params").path("request").path("url").asText().startsWith("data:");
          }
          default -> false;
        })
        .map(JsonNode::toString)
        .toList();
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    socket.sendText("{\"id\": 0, \"method\": \"Browser.close\"}", true).join();
    process
        .onExit()
        .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join()
        .destroyForcibly();
    socket.abort();
    client.close();
  }
}
