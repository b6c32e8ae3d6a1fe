package dev.shepherd.functions.replacement;

import dev.shepherd.functions.aws.Run;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.replacement.ReplacementDecision;
import dev.shepherd.shared.replacement.ReplacementDecision.OfService;
import dev.shepherd.shared.replacement.ReplacementPlan;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Tells what was decided about a fleet: a log line for each decision, and the metrics. */
final class ReplacementTelling {
  /** For how long the sick collector that was seen first has been so; 0 where none is. */
  static final String OLDEST = "OldestUnhealthySeconds";

  private ReplacementTelling() {}

  static void tell(FleetName fleet, ReplacementPlan plan, Run run) {
    run.count("UnhealthyCollectors", plan.sick());
    run.longest(OLDEST, Duration.ofSeconds(plan.oldestSeconds()));
    run.count("Held", 0);
    for (ReplacementDecision decision : plan.decisions()) {
      String name = decision.getClass().getSimpleName();
      Optional<String> cause = Holds.cause(decision);
      switch (decision) {
        case ReplacementDecision.Replace replace -> {
          String ids = String.join(" ", replace.tasks());
          run.decided(
              Level.INFO,
              replace.service().toString(),
              name + " " + replace.cause(),
              replace.reason() + " [" + ids + "]");
        }
        case ReplacementDecision.Restart restart ->
          run.decided(
              Level.INFO,
              restart.service().toString(),
              name + " " + restart.cause(),
              restart.reason() + ": its successor is to start first [" + restart.task() + "]");
        case ReplacementDecision.Hold hold ->
          run.decided(
              Level.WARN, hold.service().toString(), name + " " + hold.cause(), hold.reason());
        case ReplacementDecision.Wait wait ->
          run.decided(
              cause.isPresent() ? Level.WARN : Level.INFO,
              wait.service().toString(),
              name + " " + wait.guard(),
              wait.reason());
        case ReplacementDecision.Well well ->
          run.decided(Level.INFO, fleet.toString(), name, well.reason());
      }
      if (decision instanceof OfService of) {
        int held = Math.max(1, of.tasks().size());
        cause.ifPresent(each -> {
          run.count("Held", held);
          run.count("Held" + camel(each), held);
        });
      }
    }
  }

  /** {@code BAD_HOST} is {@code BadHost}. */
  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      camel.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return camel.toString();
  }
}
