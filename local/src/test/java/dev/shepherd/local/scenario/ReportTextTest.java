package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.local.invariant.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  private static final Report REPORT = new Report(
      "s.yaml",
      7,
      "shepherd",
      true,
      Optional.of(Duration.ofSeconds(5400)),
      List.of(new FleetReport(
          "/collectors/gateway",
          Optional.of("aaaaaaaaaaaa"),
          Optional.of("bbbbbbbbbbbb"),
          "idle",
          List.of(new Quarantined("cccccccccccc", "sha256:1", "it crashed")),
          Optional.empty(),
          Optional.of("line 3: no pipelines"),
          0.25,
          List.of(new ServiceReport(
              "gateway", 12, 12, 12, new TreeMap<>(Map.of("aaaaaaaaaaaa", 12)), 0, true, true)))),
      new TaskMinutes(1.5, 0, 0),
      12,
      new TreeMap<>(Map.of("ecs:DescribeTasks", 9, "ssm:PutParameter", 120)),
      3,
      new TreeMap<>(Map.of("ConfigRollout", 60)),
      new Verdict(9000, List.of(new Violation(3, Duration.ofSeconds(600), "too many"))),
      List.of(new TimelineEntry(
          Duration.ofSeconds(3723),
          TimelineEntry.Kind.DECISION,
          "ConfigRollout",
          "/collectors/gateway",
          "Wait",
          "word ".repeat(30).strip())));

  @Test
  void alignsAndWrapsForPeople() {
    assertThat(ReportText.of(REPORT).lines())
        .contains(
            "  01:02:03  decision  gateway  Wait: word word word word word word word word word word word word word word word word",
            "  /collectors/gateway",
            "    live aaaaaaaaaaaa, before it bbbbbbbbbbbb, idle",
            "    line 3: no pipelines",
            "  00:10:00  invariant 3  too many",
            "    quarantined: cccccccccccc, it crashed",
            "    service  desired  running  healthy  tasks by config hash",
            "    gateway       12       12       12  aaaaaaaaaaaa: 12",
            "  ecs:DescribeTasks      9",
            "  all                  129")
        .allMatch(line -> line.length() <= 118)
        .noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void hasTheShapeOfTheDocumentedReport() {
    assertThat(REPORT.toJson().toString())
        .startsWith("{\"scenario\":\"s.yaml\",\"seed\":7,\"controller\":\"shepherd\"")
        .contains(
            "\"fleets\":[{\"config\":\"/collectors/gateway\",\"live\":\"aaaaaaaaaaaa\"",
            "\"converged\":true,\"convergedAt\":5400",
            "\"quarantined\":[{\"hash\":\"cccccccccccc\",\"image\":\"sha256:1\",\"reason\":\"it crashed\"}]",
            "\"maxShareOnUnpromoted\":0.25",
            "\"taskMinutes\":{\"onBadConfig\":1.5,\"withoutCollector\":0.0",
            "\"throttled\":3",
            "\"byConfig\":{\"aaaaaaaaaaaa\":12}",
            "\"invariants\":{\"checked\":9000,\"violations\":[{\"invariant\":3,\"at\":600,\"detail\":\"too many\"}]}",
            "\"timeline\":[{\"at\":3723,\"kind\":\"decision\",\"function\":\"ConfigRollout\"");
  }
}
