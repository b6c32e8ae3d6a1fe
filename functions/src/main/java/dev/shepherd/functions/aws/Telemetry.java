package dev.shepherd.functions.aws;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One JSON line per decision, always with the same keys, and metrics in <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">CloudWatch's
 * embedded metric format</a>: a log line that becomes metrics without a call.
 *
 * @param function which function speaks, {@code ConfigRollout}
 * @param clock the time of metrics
 * @param sink where lines go, one call each, without a line end
 */
public record Telemetry(String function, InstantSource clock, Consumer<String> sink) {
  /** How much a line is for people to worry about. */
  public enum Level {
    INFO,
    WARN,
    ERROR
  }

  /** A line. Reasons never hold a config's text. */
  public void log(
      Level level, String message, String subject, String decision, String reason, boolean dryRun) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant());
    line.put("level", level);
    line.put("message", message);
    line.put("function", function);
    line.put("fleet", subject);
    line.put("decision", decision);
    line.put("reason", reason);
    line.put("dryRun", dryRun);
    sink.accept(Json.write(line));
  }

  /**
   * Counts, or seconds where the name ends so, by metric name, under the namespace {@code Shepherd}
   * and the dimension function.
   */
  public void metrics(Map<String, Integer> counts) {
    List<Object> definitions = counts.keySet().stream()
        .<Object>map(name -> new TreeMap<>(
            Map.of("Name", name, "Unit", name.endsWith("Seconds") ? "Seconds" : "Count")))
        .toList();
    Map<String, Object> directive = new LinkedHashMap<>();
    directive.put("Namespace", "Shepherd");
    directive.put("Dimensions", List.of(List.of("function")));
    directive.put("Metrics", definitions);
    Map<String, Object> line = new LinkedHashMap<>();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("Timestamp", clock.instant().toEpochMilli());
    metadata.put("CloudWatchMetrics", List.of(directive));
    line.put("_aws", metadata);
    line.put("function", function);
    line.putAll(counts);
    sink.accept(Json.write(line));
  }
}
