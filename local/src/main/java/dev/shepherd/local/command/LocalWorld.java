package dev.shepherd.local.command;

import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.LoopbackServer;
import dev.shepherd.local.scenario.Demo;
import dev.shepherd.local.scenario.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The demo's fleets on a loopback port; its time stands still until someone lets it pass. */
final class LocalWorld implements AutoCloseable {
  private final Simulation simulation;
  private final LoopbackServer server;

  /**
   * Builds the world, in which it is now what the wall says, and listens.
   *
   * @param root the project's folder
   * @param port 0 takes a free one
   * @throws IOException when the port is taken
   */
  LocalWorld(Path root, int port) throws IOException {
    simulation = Demo.world(root, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    server = new LoopbackServer(new AwsFace(simulation.world()), port);
  }

  Simulation simulation() {
    return simulation;
  }

  LoopbackServer server() {
    return server;
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
