package dev.shepherd.local.bench;

import dev.shepherd.local.scenario.Scenario;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The fleets that are measured: n app tasks with sidecars, in services of 50, and a gateway of n/20
 * tasks in Cloud Map, all pinned and in one cluster.
 *
 * @param appTasks n, a multiple of 100
 */
record SampleFleets(int appTasks) {
  static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

  static final int OF_SERVICE = 50;
  static final int FLEETS = 2;

  int gatewayTasks() {
    return appTasks / 20;
  }

  int tasks() {
    return appTasks + gatewayTasks();
  }

  int services() {
    return appTasks / OF_SERVICE + 1;
  }

  /**
   * Builds them under Shepherd; no time has passed yet.
   *
   * @param steps what happens to them, as a scenario's {@code steps}, or empty
   */
  Simulation simulation(Path root, String steps) {
    try {
      return new Simulation(scenario(root, steps), root.resolve("template.yaml"), START);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Scenario scenario(Path root, String steps) {
    String apps = IntStream.range(0, appTasks / OF_SERVICE)
        .mapToObj(i -> "      - {name: app-%03d, pattern: sidecar, tasks: %d, reference: pinned}\n"
            .formatted(i, OF_SERVICE))
        .collect(Collectors.joining());
    String text = """
        seed: 7
        duration: 24h
        clusters: [prod]
        fleets:
          - config: /collectors/gateway
            file: gateway.yaml
            services: [{name: gateway, pattern: service, tasks: %d, reference: pinned}]
          - config: /collectors/sidecar
            file: sidecar.yaml
            services:
        %s
        """.formatted(gatewayTasks(), apps) + (steps.isEmpty() ? "" : "steps:\n" + steps);
    return Scenario.parse(text, appTasks + " app tasks", root.resolve("examples/demo"));
  }
}
