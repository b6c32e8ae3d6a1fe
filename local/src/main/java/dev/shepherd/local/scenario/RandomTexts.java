package dev.shepherd.local.scenario;

/** Config texts: each good one with a content, and so a hash, of its own. */
final class RandomTexts {
  private final Chance chance;
  private int count;

  RandomTexts(Chance chance) {
    this.chance = chance;
  }

  /** One that the collector takes. */
  String good() {
    count++;
    return """
        receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:4317"}}}}
        processors: {batch: {send_batch_size: %d}}
        exporters: {otlp: {endpoint: "x:%d", headers: {authorization: s3cr3t-word-%d}}}
        extensions: {health_check: {}}
        service:
          extensions: [health_check]
          pipelines: {traces: {receivers: [otlp], processors: [batch], exporters: [otlp]}}
        """.formatted(100 + count, chance.from(1000, 9999), count);
  }

  /** One that the validator refuses. */
  String bad() {
    count++;
    return chance.one(
        "receivers: {otlp: {}}\nexporters: {debug: {}}\n# " + count + "\n",
        "receivers: {nosuch: {}}\nservice: {pipelines: {traces: {receivers: [nosuch]}}}\n",
        "receivers: [\n",
        good().replace("exporters: [otlp]", "exporters: [lost]"),
        good().replace("health_check: {}", "health_check: {prot: 1}"));
  }

  /** The same to the collector, but for a comment. */
  String commented(String text) {
    return "# edited " + ++count + "\n" + text;
  }
}
