package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page in a headless Chromium, which {@code .ci/run} installs; without one on PATH this is
 * skipped, but never where {@code CI} is set. Screenshots are written to {@code target/page}.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class ReportPageBrowserTest {
  private static final Path SCREENSHOTS = Path.of("../target/page");
  private static final String TIP =
      "document.getElementById('tip').hidden ? '' : document.getElementById('tip').innerText";

  private final Path folder;
  private final Browser browser;
  private final URI demo;
  private final URI crowded;

  ReportPageBrowserTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    Optional<Path> program = Browser.find();
    Assumptions.assumeTrue(
        program.isPresent() || System.getenv("CI") != null, "there is no Chromium on PATH");
    browser = new Browser(program.orElseThrow(), folder.resolve("profile"));
    Demo.Outcome played = Demo.play(Path.of(".."));
    demo = written("demo.html", ReportPage.of(played.report(), played.recording()));
    crowded = written(
        "crowded.html",
        ReportPageTest.Run.play("").withEntries(10_000, ReportPageTest.HOSTILE).page());
  }

  private URI written(String name, String page) throws IOException {
    return Files.writeString(folder.resolve(name), page).toUri();
  }

  @AfterAll
  void end() {
    browser.close();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void showsTheRunWithoutAComplaint(int width, String scheme, String name) throws Exception {
    browser.open(demo, width, scheme);
    browser.screenshot("body", SCREENSHOTS.resolve(name + ".png"));
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .as("nothing sticks out to the side")
        .isLessThanOrEqualTo(width);
    assertThat(browser
            .evaluate("document.querySelectorAll('section.fleet svg polygon').length")
            .asInt())
        .isGreaterThan(6);
    assertThat(browser
            .evaluate("document.querySelectorAll('#marks circle').length")
            .asInt())
        .isGreaterThan(15);
    assertThat(
            browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo(scheme.equals("dark") ? "rgb(18, 22, 28)" : "rgb(246, 247, 249)");
    assertThat(browser.complaints()).isEmpty();
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        argumentSet("light", 1100, "light", "light"),
        argumentSet("dark", 1100, "dark", "dark"),
        argumentSet("phone", 390, "light", "phone"),
        argumentSet("phone at night", 390, "dark", "phone-dark"));
  }

  /** The README's pictures, under docs/images, are these. */
  @ParameterizedTest
  @MethodSource("controllers")
  void showsOneBadEditUnderEachController(Controller controller, double least, double most)
      throws Exception {
    Scenario scenario = Scenario.read(Path.of("../examples/bad-edit/scenario.yaml"));
    Simulation simulation =
        new Simulation(scenario, Path.of("../template.yaml"), Demo.START, controller);
    Recording recording = simulation.record();
    Report report = simulation.run();
    String name = "bad-edit-" + controller;
    URI page = written(name + ".html", ReportPage.of(report, recording));
    for (String scheme : List.of("light", "dark")) {
      browser.open(page, 560, scheme);
      browser.screenshot("section.fleet", SCREENSHOTS.resolve(name + "-" + scheme + ".png"));
      assertThat(browser
              .evaluate("document.querySelectorAll('polygon[fill=\"var(--c-bad)\"]').length")
              .asInt())
          .isPositive();
      assertThat(browser.complaints()).isEmpty();
    }
    assertThat(report.taskMinutes().onBadConfig()).isBetween(least, most);
  }

  static Stream<Arguments> controllers() {
    return Stream.of(
        argumentSet("Shepherd", Controller.SHEPHERD, 0.1, 16.0),
        argumentSet("redeploy", Controller.REDEPLOY, 160.0, 10_000.0));
  }

  @Test
  void tellsReasonsToPointerAndKeys() throws Exception {
    browser.open(demo, 1100, "light");
    JsonNode mark = badDecision();
    browser.hover(mark.path("x").asDouble(), mark.path("y").asDouble());
    assertThat(browser.evaluate(TIP).asText()).contains("decision").contains("\n");
    browser.hover(1, 1);
    assertThat(browser.evaluate(TIP).asText()).isEmpty();
    browser.evaluate("document.querySelector('#marks svg').focus()");
    browser.key("ArrowRight");
    assertThat(browser.evaluate(TIP).asText()).contains("2 fleets, 5 services");
    assertThat(browser.evaluate("document.getElementById('said').textContent").asText())
        .contains("2 fleets, 5 services");
    browser.evaluate("document.querySelector('section.fleet svg').focus()");
    browser.key("ArrowRight");
    browser.key("ArrowRight");
    assertThat(browser.evaluate(TIP).asText()).containsPattern("of \\d+ well");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void tellsReasonsToAFinger() throws Exception {
    browser.open(demo, 390, "light");
    JsonNode mark = badDecision();
    browser.tap(mark.path("x").asDouble(), mark.path("y").asDouble());
    assertThat(browser.evaluate(TIP).asText()).contains("decision").contains("\n");
    JsonNode box =
        browser.evaluate("document.getElementById('tip').getBoundingClientRect().toJSON()");
    assertThat(box.path("left").asDouble()).isNotNegative();
    assertThat(box.path("right").asDouble()).isLessThanOrEqualTo(390);
    browser.screenshot(SCREENSHOTS.resolve("phone-tapped.png"));
  }

  /** Where the first decision is that refuses, holds or fails something. */
  private JsonNode badDecision() throws InterruptedException {
    return browser.evaluate("""
        (() => {
          const mark = document.querySelector('#marks circle[fill="var(--bad)"][cy="101"]');
          mark.scrollIntoView({ block: 'center' });
          const box = mark.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        })()""");
  }

  @Test
  void showsAShortShareOnAnUnprovenConfigAsShort() throws Exception {
    String samples =
        Files.readString(Path.of("src/main/resources/dev/shepherd/local/scenario/page/samples.js"));
    String shares = browser.evaluate("""
        (() => {
          const shown = { from: 0, to: 10800 }, length = 10800;
          %s
          const axes = { x: time => time / 100, time: x => x * 100 };
          const samples = [0, 0.5, 0.2, 0]
            .map((share, i) => [600 + 20 * i, 2, 2, 0, share, 0, 0, {}, 0]);
          return fitting(axes, samples, []).map(each => each[AT] + ' ' + each[SHARE]).join();
        })()""".formatted(samples)).asText();
    assertThat(shares).isEqualTo("600 0.5,800 0");
  }

  @Test
  void zoomsByDraggingAndByKeys() throws Exception {
    browser.open(demo, 1100, "light");
    String range = "document.getElementById('range').textContent";
    JsonNode box = browser.evaluate("""
        (() => {
          const chart = document.querySelector('section.fleet svg');
          chart.scrollIntoView({ block: 'center' });
          return chart.getBoundingClientRect().toJSON();
        })()""");
    double middle = box.path("left").asDouble() + box.path("width").asDouble() / 2;
    double height = box.path("top").asDouble() + 60;
    browser.drag(middle - 100, height, middle + 100);
    assertThat(browser.evaluate(range).asText()).doesNotContain("whole");
    browser.evaluate("document.querySelector('section.fleet svg').focus()");
    browser.key("Escape");
    assertThat(browser.evaluate(range).asText()).contains("whole");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void staysUsableWithTenThousandEntriesThatTryToBreakOut() throws Exception {
    browser.open(crowded, 390, "dark");
    assertThat(
            browser.evaluate("document.querySelectorAll('#entries li').length").asInt())
        .isEqualTo(100);
    assertThat(
            browser.evaluate("document.getElementById('further').textContent").asText())
        .isEqualTo("and 9,900 more");
    assertThat(
            browser.evaluate("document.getElementById('scenario').textContent").asText())
        .isEqualTo(ReportPageTest.HOSTILE);
    assertThat(browser
            .evaluate("window.broken === undefined && document.images.length === 0")
            .asBoolean())
        .isTrue();
    double redraw = browser.evaluate("""
        (() => {
          const begin = performance.now();
          document.querySelector('[data-zoom=in]').click();
          document.querySelector('[data-zoom=all]').click();
          return (performance.now() - begin) / 2;
        })()""").asDouble();
    assertThat(redraw).as("milliseconds of one redraw").isLessThan(1_000);
    assertThat(browser.complaints()).isEmpty();
  }
}
