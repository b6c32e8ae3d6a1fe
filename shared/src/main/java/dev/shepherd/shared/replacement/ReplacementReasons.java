package dev.shepherd.shared.replacement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The planner's reasons, in one wording for log, event and StopTask. */
final class ReplacementReasons {
  private ReplacementReasons() {}

  /** What is wrong with them, each wording once. */
  private static String what(List<Sick> sick) {
    List<String> ways = sick.stream().map(Sick::what).distinct().sorted().toList();
    String shown = ways.stream().limit(2).collect(Collectors.joining("; "));
    String more = ways.size() > 2 ? "; and other ways" : "";
    return sick.size() == 1 ? shown : "%d tasks: %s%s".formatted(sick.size(), shown, more);
  }

  static String of(Guard guard, List<Sick> sick) {
    return what(sick) + ": "
        + switch (guard) {
          case PARTIAL -> "not all of the service's tasks could be read";
          case UNMANAGED -> "the service is not Shepherd's to touch";
          case NOT_WANTED -> "the service is to have no task";
          case REPORT_ONLY -> "only reported, max-unavailable-percent is 0";
          case GRACE -> "in the service's health check grace period";
          case DEPLOYMENT -> "a deployment is in progress";
          case CANARY -> "the service tries a config that is not promoted";
          case BY_NAME -> "its successor would read the config's text by name, which is not live";
          case ECS -> "essential, so ECS replaces the task";
          case RESTART_POLICY -> "its restart policy may start it again";
          case ALONE -> "the service's only task";
          case ASKED -> "ConfigRollout has been asked to restart it";
          case TURN -> "after a storm, waits until the successors of those before it are well";
          case BUDGET -> "waits for the budget";
        };
  }

  static String alone(Sick sick) {
    return sick.what() + ": the service's only task, and ECS cannot start the successor first ("
        + (sick.service().scheduling().daemon()
            ? "DAEMON"
            : "maximumPercent " + sick.service().scheduling().maximumPercent())
        + ")";
  }

  /** @param evidence absent when the measure is not met any more */
  static String storm(Optional<String> evidence, Instant until) {
    return evidence.orElse("a zone or a backend was down") + ": nothing is replaced until " + until
        + ", then one at first";
  }

  static String loop(Loop loop, List<Sick> sick) {
    return what(sick) + ": the successors of " + (loop.row() + 1)
        + " replacements in a row fell ill; the next is tried at " + loop.until();
  }

  static String replaced(List<Sick> sick, Optional<String> host) {
    return what(sick) + host.map(each -> ", all on container instance " + each).orElse("");
  }
}
