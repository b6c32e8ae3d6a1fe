package dev.shepherd.local.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Serves the demo's world until it is stopped, its clock some times as fast as the wall's. */
final class LocalCommand implements Command {
  private static final int PORT = 8421;
  private static final int SPEED = 60;
  private static final Duration TURN = Duration.ofMillis(100);

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    Arguments parsed = Arguments.parse(arguments, Set.of("--port", "--speed"), Set.of());
    if (!parsed.rest().isEmpty()) {
      throw new UsageException("local takes no arguments but --port and --speed");
    }
    int port = number(parsed, "--port", PORT, 0, 65_535);
    int speed = number(parsed, "--speed", SPEED, 1, 3600);
    Path root = Path.of(System.getProperty("shepherd.root", "."));
    try (LocalWorld world = open(root, port)) {
      new StatusPage(world.simulation(), speed).serve(world.server());
      out.print(welcome(world.address(), speed));
      out.flush();
      drive(world, speed);
      return 0;
    }
  }

  private static LocalWorld open(Path root, int port) throws IOException {
    try {
      return new LocalWorld(root, port);
    } catch (BindException taken) {
      throw new UsageException("port " + port + " is taken; choose another with --port");
    }
  }

  private static int number(Arguments parsed, String name, int otherwise, int least, int most) {
    String text = parsed.value(name).orElse(Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new UsageException(name + " is a whole number from " + least + " to " + most);
  }

  private static String welcome(String address, int speed) {
    return """
        Shepherd's local world: %1$s (status page: %1$s/status), %2$d times as fast as the wall. Ctrl-C ends it.

        Try, in another terminal:
          export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=eu-west-1
          aws --endpoint-url %1$s ssm put-parameter --overwrite --name /collectors/gateway --value file://examples/demo/gateway-amp.yaml
          aws --endpoint-url %1$s ecs describe-services --services gateway --query 'services[0].deployments'
          aws --endpoint-url %1$s ssm get-parameter --name /shepherd/collectors/gateway/state --query Parameter.Value --output text
        """.formatted(address, speed);
  }

  /** Lets the world's time follow the wall's, in small turns, so that requests come between. */
  private static void drive(LocalWorld world, int speed) throws InterruptedException {
    ReentrantLock lock = world.server().lock();
    Instant start = world.simulation().now();
    long begun = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      Thread.sleep(TURN);
      Duration passed = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(speed);
      lock.lock();
      try {
        world.simulation().runTo(start.plus(passed));
      } finally {
        lock.unlock();
      }
    }
  }
}
