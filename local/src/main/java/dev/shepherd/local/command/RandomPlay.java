package dev.shepherd.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.invariant.Violation;
import dev.shepherd.local.scenario.Campaign;
import dev.shepherd.local.scenario.Controller;
import dev.shepherd.local.scenario.Report;
import dev.shepherd.local.scenario.ScenarioText;
import dev.shepherd.local.scenario.Simulation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays drawn scenarios, tells how far it is, and of each failure the command that plays it again;
 * the first one is made smaller, too.
 */
final class RandomPlay implements SeededPlay {
  /** Seeds between two lines of progress. */
  private static final int PROGRESS = 50;

  private final Campaign campaign;
  private final Controller controller;
  private final PrintStream progress;
  private final Optional<Path> html;
  private final AtomicInteger played = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicBoolean shrunk = new AtomicBoolean();

  /** @param html where the page of the one seed goes */
  RandomPlay(Campaign campaign, Controller controller, PrintStream progress, Optional<Path> html) {
    this.campaign = campaign;
    this.controller = controller;
    this.progress = progress;
    this.html = html;
  }

  @Override
  public Report play(Optional<Long> given) {
    long seed = given.orElse(1L);
    ObjectNode scenario = campaign.scenario(seed);
    Report report = HtmlFile.of(html, campaign.simulation(scenario), Simulation::runToRest);
    if (!report.isGood()) {
      failed.incrementAndGet();
      tell(seed, scenario, report);
    }
    int count = played.incrementAndGet();
    if (count % PROGRESS == 0) {
      progress.println(
          "shepherd simulate: %d seeds played, %d failed".formatted(count, failed.get()));
    }
    return report;
  }

  private void tell(long seed, ObjectNode scenario, Report report) {
    String why = report.invariants().violations().stream()
        .findFirst()
        .map(RandomPlay::words)
        .orElse("not converged");
    String who = controller == Controller.SHEPHERD ? "" : " --controller " + controller;
    progress.println(
        "shepherd simulate: seed %d: %s; again: ./shepherd simulate --random --seed %d%s"
            .formatted(seed, why, seed, who));
    if (controller == Controller.SHEPHERD && shrunk.compareAndSet(false, true)) {
      progress.println("shepherd simulate: what of seed " + seed + " fails alike:\n"
          + ScenarioText.of(campaign.shrink(scenario)));
    }
  }

  private static String words(Violation violation) {
    return "invariant %d at %d s: %s"
        .formatted(violation.invariant(), violation.at().toSeconds(), violation.detail());
  }
}
