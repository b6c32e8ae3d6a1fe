package dev.shepherd.local.bench;

import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.TaskFacts.Container;
import dev.shepherd.shared.config.TaskFacts.Parameter;
import dev.shepherd.shared.config.TaskFacts.Port;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Valid configs of a given size, made of as many pipelines as fit, and a task that runs them. */
final class ConfigSample {
  private static final String IMAGE = "public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0";

  private ConfigSample() {}

  /** The longest of these configs that {@code bytes} hold; the shortest needs about 450. */
  static String ofAtMost(int bytes) {
    String longest = withPipelines(1);
    for (int pipelines = 2; size(longest) <= bytes; pipelines++) {
      String longer = withPipelines(pipelines);
      if (size(longer) > bytes) {
        return longest;
      }
      longest = longer;
    }
    throw new IllegalArgumentException(
        "the shortest sample has " + size(longest) + " bytes, more than " + bytes);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String withPipelines(int count) {
    StringBuilder receivers = new StringBuilder("receivers:\n");
    StringBuilder processors = new StringBuilder("processors:\n");
    StringBuilder exporters = new StringBuilder("exporters:\n");
    StringBuilder pipelines = new StringBuilder("service:\n  pipelines:\n");
    for (int i = 0; i < count; i++) {
      receivers.append("""
            otlp/p%d:
              protocols:
                grpc: {endpoint: 0.0.0.0:%d}
          """.formatted(i, 14_000 + i));
      processors.append("""
            batch/p%d: {timeout: 5s, send_batch_size: 256}
            attributes/p%d:
              actions:
                - {key: team, value: "${env:TEAM:-shop}", action: upsert}
          """.formatted(i, i));
      exporters.append("""
            awsemf/p%d:
              region: eu-west-1
              namespace: app-%d
              log_group_name: /metrics/app-%d
          """.formatted(i, i, i));
      pipelines.append("""
              metrics/p%d:
                receivers: [otlp/p%d]
                processors: [attributes/p%d, batch/p%d]
                exporters: [awsemf/p%d]
          """.formatted(i, i, i, i, i));
    }
    return receivers.append(processors).append(exporters).append(pipelines).toString();
  }

  /** A sidecar's task, with what the task's own rules look at. */
  static TaskFacts task() {
    Container app = new Container(
        "app",
        "example/shop:1.4.2",
        true,
        Map.of(),
        Map.of(),
        true,
        OptionalInt.empty(),
        List.of(),
        List.of(new Port(8_080, OptionalInt.empty(), "tcp")));
    Container collector = new Container(
        "collector",
        IMAGE,
        false,
        Map.of("TEAM", "checkout"),
        Map.of("AOT_CONFIG_CONTENT", "/collectors/shop"),
        true,
        OptionalInt.of(512),
        List.of(),
        List.of());
    return new TaskFacts(
        List.of(app, collector),
        "collector",
        Set.of("collector"),
        OptionalInt.of(2_048),
        "awsvpc",
        Optional.of(new Parameter("/collectors/shop", Optional.of("Advanced"))));
  }
}
