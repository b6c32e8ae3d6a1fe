package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.Telemetry;
import dev.shepherd.functions.aws.Telemetry.Level;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.rollout.RolloutDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One invocation: what it may do, how long it has, and what it tells. */
final class Run {
  /** With less than this left, the rest is the next run's. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  private final Telemetry telemetry;
  private final boolean dryRun;
  private final Supplier<Duration> remaining;
  private final List<Object> decisions = new ArrayList<>();
  private final List<Object> failures = new ArrayList<>();
  private final List<Object> unfinished = new ArrayList<>();
  private int malformed;
  private int foreign;

  Run(Telemetry telemetry, boolean dryRun, Supplier<Duration> remaining) {
    this.telemetry = telemetry;
    this.dryRun = dryRun;
    this.remaining = remaining;
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean hasTime() {
    return remaining.get().compareTo(RESERVE) > 0;
  }

  void ignored(int events) {
    foreign += events;
  }

  void malformed(List<String> reasons) {
    malformed += reasons.size();
    reasons.forEach(
        reason -> telemetry.log(Level.WARN, "event dropped", "", "MalformedEvent", reason, dryRun));
  }

  void decided(FleetName fleet, RolloutDecision decision) {
    String name = decision.getClass().getSimpleName();
    Level level = decision instanceof RolloutDecision.Hold ? Level.WARN : Level.INFO;
    telemetry.log(level, "decision", fleet.toString(), name, decision.reason(), dryRun);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("fleet", fleet);
    entry.put("decision", name);
    entry.put("reason", decision.reason());
    decisions.add(entry);
  }

  void failed(String subject, String reason) {
    telemetry.log(Level.ERROR, "reconcile failed", subject, "ReconcileFailed", reason, dryRun);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("fleet", subject);
    entry.put("reason", reason);
    failures.add(entry);
  }

  void leftForNext(FleetName fleet, String reason) {
    telemetry.log(Level.WARN, "decision", fleet.toString(), "LeftForNextRun", reason, dryRun);
    unfinished.add(fleet);
  }

  /** The function's answer; the run's metrics are told with it. */
  Map<String, Object> answer() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("Decisions", decisions.size());
    counts.put("ReconcileFailed", failures.size());
    counts.put("MalformedEvents", malformed);
    counts.put("ForeignEvents", foreign);
    telemetry.metrics(counts);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("function", telemetry.function());
    answer.put("dryRun", dryRun);
    answer.put("decisions", decisions);
    answer.put("failures", failures);
    answer.put("unfinished", unfinished);
    answer.put("malformed", malformed);
    answer.put("foreign", foreign);
    return answer;
  }
}
