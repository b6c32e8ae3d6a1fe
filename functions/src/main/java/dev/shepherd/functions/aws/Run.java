package dev.shepherd.functions.aws;

import dev.shepherd.functions.aws.Telemetry.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** One invocation of a function: what it may do, how long it has, and what it tells. */
public final class Run {
  /** What a run says of what it has no time for. */
  public static final String NO_TIME = "this run's time is used up";

  /** With less than this left, the rest is the next run's. */
  static final Duration RESERVE = Duration.ofSeconds(10);

  /** Of what is left to the next run, so many are named. */
  private static final int NAMED = 5;

  private final Telemetry telemetry;
  private final DomainEvents events;
  private final boolean dryRun;
  private final Supplier<Duration> remaining;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<Object> decisions = new ArrayList<>();
  private final List<Object> failures = new ArrayList<>();
  private final Map<String, List<String>> unfinished = new LinkedHashMap<>();

  public Run(
      Telemetry telemetry, DomainEvents events, boolean dryRun, Supplier<Duration> remaining) {
    this.telemetry = telemetry;
    this.events = events;
    this.dryRun = dryRun;
    this.remaining = remaining;
  }

  /** Whether nothing may be changed. */
  public boolean dryRun() {
    return dryRun;
  }

  /** Whether there is time for one more subject. */
  public boolean hasTime() {
    return left().isPositive();
  }

  /** The time in which something may still be begun. */
  public Duration left() {
    return remaining.get().minus(RESERVE);
  }

  /** Adds to a metric of this run. */
  public void count(String metric, int more) {
    counts.merge(metric, more, Integer::sum);
  }

  /** A metric of this run that is the largest of what it is given. */
  public void longest(String metric, Duration duration) {
    int seconds = Math.clamp(duration.toSeconds(), 0, Integer.MAX_VALUE);
    counts.merge(metric, seconds, Integer::max);
  }

  /** What came in that is not for this function, or could not be read. */
  public void received(int foreign, List<String> malformed) {
    count("ForeignEvents", foreign);
    count("MalformedEvents", malformed.size());
    malformed.forEach(
        reason -> telemetry.log(Level.WARN, "event dropped", "", "MalformedEvent", reason, dryRun));
  }

  /** Tells a decision. */
  public void decided(Level level, String subject, String decision, String reason) {
    telemetry.log(level, "decision", subject, decision, reason, dryRun);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("subject", subject);
    entry.put("decision", decision);
    entry.put("reason", reason);
    decisions.add(entry);
  }

  /** What this run leaves to the next one; told at its end, in one line for each reason. */
  public void leftForNext(String subject, String reason) {
    unfinished.computeIfAbsent(reason, _ -> new ArrayList<>()).add(subject);
  }

  /** Whether something was left to the next run. */
  public boolean isUnfinished() {
    return !unfinished.isEmpty();
  }

  private void tellUnfinished() {
    unfinished.forEach((reason, subjects) -> {
      String named = String.join(", ", subjects.subList(0, Math.min(NAMED, subjects.size())));
      int more = subjects.size() - NAMED;
      telemetry.log(
          Level.WARN,
          "decision",
          subjects.size() == 1 ? named : "several",
          "LeftForNextRun",
          subjects.size() == 1
              ? reason
              : named + (more > 0 ? " and " + more + " more" : "") + ": " + reason,
          dryRun);
    });
  }

  /**
   * Runs a part; what AWS or the world refuses is told by name and hides nothing else. So is a
   * defect of ours: one subject must not stop the others. It is told without its message, which may
   * quote a config.
   *
   * @return whether it went through
   */
  public boolean guarded(String subject, Runnable part) {
    try {
      part.run();
      return true;
    } catch (AllowanceSpent spent) {
      leftForNext(subject, spent.reason());
    } catch (ReconcileException refused) {
      failed(subject, String.valueOf(refused.getMessage()));
    } catch (SdkException refused) {
      failed(subject, AwsError.describe(refused));
    } catch (RuntimeException defect) {
      StackTraceElement[] trace = defect.getStackTrace();
      failed(
          subject,
          "a defect of Shepherd: "
              + defect.getClass().getName()
              + (trace.length > 0 ? " at " + trace[0] : ""));
    }
    return false;
  }

  /** Tells that a subject could not be reconciled: log, metric, event. */
  public void failed(String subject, String reason) {
    fail(subject, reason);
    if (dryRun) {
      return;
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("function", telemetry.function());
    detail.put("subject", subject);
    detail.put("reason", reason);
    try {
      events.publish("Reconcile Failed", subject, detail);
    } catch (SdkException | ReconcileException alsoRefused) {
      String kind = alsoRefused.getClass().getSimpleName();
      fail("events", "Reconcile Failed could not be published: " + kind);
    }
  }

  private void fail(String subject, String reason) {
    telemetry.log(Level.ERROR, "reconcile failed", subject, "ReconcileFailed", reason, dryRun);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("subject", subject);
    entry.put("reason", reason);
    failures.add(entry);
  }

  /** The function's answer; the run's metrics are told with it. */
  public Map<String, Object> answer() {
    tellUnfinished();
    Map<String, Integer> metrics = new TreeMap<>(counts);
    metrics.put("Decisions", decisions.size());
    metrics.put("ReconcileFailed", failures.size());
    telemetry.metrics(metrics);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("function", telemetry.function());
    answer.put("dryRun", dryRun);
    answer.put("decisions", decisions);
    answer.put("failures", failures);
    answer.put(
        "unfinished",
        unfinished.values().stream()
            .flatMap(List::stream)
            .<Object>map(each -> each)
            .toList());
    answer.put("malformed", counts.getOrDefault("MalformedEvents", 0));
    answer.put("foreign", counts.getOrDefault("ForeignEvents", 0));
    return answer;
  }
}
