package dev.shepherd.local.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FleetStatus as a dashboard shows it, in a headless Chromium, as {@link ReportPageBrowserTest}
 * finds it: with 3 and with 300 services, in the middle of a rollout and in trouble.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class StatusBrowserTest {
  private static final Path SCREENSHOTS = Path.of("../target/page");

  /** WCAG 2's contrast of each text with what is behind it; those below 4.5, by their words. */
  private static final String PALE = """
      (() => {
        const rgb = text => (text.match(/[0-9.]+/g) || []).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
          .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
          .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
          for (let each = element; each; each = each.parentElement) {
            const color = rgb(getComputedStyle(each).backgroundColor);
            if (color.length === 3 || color[3] > 0) return color;
          }
          return [255, 255, 255];
        };
        const ratio = (one, other) =>
          (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        return [...document.querySelectorAll('.shepherd *')]
          .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
          .filter(each => ratio(light(rgb(getComputedStyle(each).color)), light(behind(each))) < 4.5)
          .map(each => each.textContent);
      })()""";

  /** Texts that are cut off or stick out of what holds them. */
  private static final String CUT = """
      [...document.querySelectorAll('.shepherd *')]
        .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
        .map(each => each.tagName + ' ' + each.textContent.slice(0, 60))""";

  /** The number of the service that is sick; it is not among the first by name. */
  private static final int SICK = 207;

  private final Path folder;
  private final Browser browser;
  private final Map<String, Simulation> worlds = new TreeMap<>();

  StatusBrowserTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    Optional<Path> program = Browser.find();
    Assumptions.assumeTrue(
        program.isPresent() || System.getenv("CI") != null, "there is no Chromium on PATH");
    browser = new Browser(program.orElseThrow(), folder.resolve("profile"));
    worlds.put("three", three().simulation);
    worlds.put("many", many().simulation);
  }

  /** One fleet bakes a text, with a name as long as people choose them; one was refused. */
  private static Stand three() throws IOException {
    Stand stand = Stand.of("fleets:\n"
        + Stand.fleetYaml(
            "gateway",
            "{name: gateway, pattern: service, tasks: 4}",
            "{name: checkout-of-the-second-generation-with-a-long-name, pattern: sidecar, tasks: 12}")
        + Stand.fleetYaml("edge", "{name: edge, pattern: sidecar, tasks: 2}"));
    stand.pass(5);
    stand.put("gateway", Stand.BETTER);
    stand.put("edge", Stand.BROKEN);
    return stand.pass(1).passTo("bake");
  }

  /** In the waves of a large fleet half of one service falls ill. */
  private static Stand many() throws IOException {
    String[] services = IntStream.rangeClosed(1, 300)
        .mapToObj(number -> "{name: app-%03d, pattern: sidecar, tasks: %d}"
            .formatted(number, number == SICK ? 120 : 1))
        .toArray(String[]::new);
    Stand stand = Stand.of(Stand.QUICK
        + "fleets:\n"
        + Stand.fleetYaml("everything", services)
        + "steps:\n  - {at: 4m, unhealthy: {service: app-" + SICK + ", percent: 100}}\n");
    return stand.pass(7);
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        argumentSet("3 services, light", "three", 1100, "light"),
        argumentSet("3 services, dark", "three", 1100, "dark"),
        argumentSet("3 services, a narrow widget", "three", 588, "light"),
        argumentSet("3 services, a phone in the dark", "three", 390, "dark"),
        argumentSet("300 services, light", "many", 1100, "light"),
        argumentSet("300 services, dark", "many", 1100, "dark"),
        argumentSet("300 services, a phone", "many", 390, "light"));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void isReadable(String world, int width, String theme) throws Exception {
    browser.open(page(world, theme), width, theme);
    browser.screenshot(
        "body", SCREENSHOTS.resolve("status-%s-%d-%s.png".formatted(world, width, theme)));

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate(CUT)).as("cut off").isEmpty();
    assertThat(browser.evaluate(PALE)).as("too pale to read").isEmpty();
    assertThat(browser.complaints()).isEmpty();
    if (world.equals("many")) {
      assertThat(browser
              .evaluate("document.querySelector('.shepherd td b').textContent")
              .asText())
          .as("the worst comes first")
          .isEqualTo("prod/app-" + SICK);
    }
  }

  private URI page(String world, String theme) throws IOException {
    String event = "{\"widgetContext\": {\"theme\": \"" + theme + "\", \"params\": {}}}";
    String html = new ObjectMapper()
        .readTree(requireNonNull(worlds.get(world)).fleetStatus().call(event).json())
        .asText();
    String behind = theme.equals("dark") ? "#161d26" : "#ffffff"; // As CloudWatch's widgets are.
    return Files.writeString(
            folder.resolve(world + theme + ".html"),
            "<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\""
                + " content=\"width=device-width, initial-scale=1\"><body style=\"margin: 0;"
                + " padding: 8px; background: " + behind + "\">" + html)
        .toUri();
  }

  @AfterAll
  void end() {
    browser.close();
  }
}
