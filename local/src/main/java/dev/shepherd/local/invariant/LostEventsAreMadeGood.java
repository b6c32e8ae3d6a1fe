package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Invariant 7: whatever becomes of its event, an edit is looked at by the schedule: of the runs
 * that go well three do not pass without one that reads about it.
 */
final class LostEventsAreMadeGood implements Rule {
  private static final int RUNS = 3;
  private static final Duration SCHEDULES = Duration.ofMinutes(3);
  private static final Set<String> READS = Set.of(
      "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameterHistory", "ssm:DescribeParameters");

  private final Configs configs;
  private final Map<String, Edit> unseen = new HashMap<>();

  private record Edit(Instant at, int runs) {}

  LostEventsAreMadeGood(Configs configs) {
    this.configs = configs;
  }

  @Override
  public void event(ObjectNode event, Checks checks) {
    JsonNode detail = event.path("detail");
    String name = detail.path("name").asText();
    if (event.path("detail-type").asText().equals("Parameter Store Change")
        && detail.path("operation").asText().equals("Update")
        && configs.terms().configs().contains(name)) {
      unseen.put(name, new Edit(configs.world().clock().instant(), 0));
    }
  }

  /** A function was told this. */
  void told(String function, String operation, ObjectNode request, ObjectNode answer) {
    if (!unseen.isEmpty() && function.equals("ConfigRollout") && READS.contains(operation)) {
      String told =
          operation.equals("ssm:GetParameterHistory") ? request.toString() : answer.toString();
      unseen.keySet().removeIf(name -> told.contains("\"" + name + "\""));
    }
  }

  @Override
  public void ended(Invocation run, Checks checks) {
    if (!run.function().equals("ConfigRollout") || Runs.isTroubled(run)) {
      return;
    }
    for (Iterator<Map.Entry<String, Edit>> each = unseen.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<String, Edit> entry = each.next();
      Edit edit = entry.getValue();
      if (run.begun().isAfter(edit.at)) {
        entry.setValue(new Edit(edit.at, edit.runs + 1));
        boolean overdue = edit.runs >= RUNS && run.begun().isAfter(edit.at.plus(SCHEDULES));
        checks.that(
            7,
            !overdue,
            () -> "nothing has read about the edit of " + entry.getKey() + " at " + edit.at);
        if (overdue) {
          each.remove();
        }
      }
    }
  }
}
