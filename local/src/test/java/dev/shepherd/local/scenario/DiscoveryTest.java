package dev.shepherd.local.scenario;

import static dev.shepherd.local.scenario.Stand.BETTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.FunctionHost;
import dev.shepherd.local.lambda.Handlers;
import dev.shepherd.local.lambda.Template;
import dev.shepherd.local.lambda.VirtualRetries;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.protocol.TokenBuckets;
import dev.shepherd.local.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Accounts with more services than one run can read. */
class DiscoveryTest {
  private static final List<String> CLUSTERS = List.of("red", "green", "blue");

  /** So many fleets, the services of each in all three clusters in turn; the first has three. */
  private static Stand stand(int fleets, int services) throws IOException {
    return Stand.in(
        String.join(", ", CLUSTERS),
        "faults: {buckets: true}\n" + Stand.QUICK + "fleets:\n"
            + IntStream.range(0, fleets)
                .mapToObj(fleet -> Stand.fleetYaml(
                    "fleet-" + fleet,
                    IntStream.range(0, fleet == 0 ? 3 : services)
                        .mapToObj(service -> "{name: s-" + fleet + "-" + service + ", cluster: "
                            + CLUSTERS.get((fleet + service) % CLUSTERS.size())
                            + ", pattern: sidecar, tasks: 1, discovery: false}")
                        .toArray(String[]::new)))
                .collect(Collectors.joining()));
  }

  private static long adopted(Stand stand, int fleets) {
    return IntStream.range(0, fleets)
        .filter(fleet -> stand.has("/shepherd/collectors/fleet-" + fleet + "/state"))
        .count();
  }

  @Test
  void goesOnOverRunsAndActsOnNoFleetBeforeAllIsRead() throws IOException {
    Stand stand = stand(41, 50);
    AtomicInteger known = new AtomicInteger();
    stand.simulation.face().hook(new CallHook() {
      @Override
      public void before(String operation, ObjectNode request) {
        boolean ours = stand
            .simulation
            .host()
            .caller()
            .filter(caller -> caller.function().equals("ConfigRollout"))
            .isPresent();
        known.addAndGet(ours && operation.equals("ecs:DescribeTaskDefinition") ? 1 : 0);
      }
    });
    for (int minutes = 0; adopted(stand, 41) < 41; minutes++) {
      assertThat(minutes).as(stand.decisions()).isLessThan(15);
      stand.pass(1);
      if (known.get() < 2_003) {
        assertThat(adopted(stand, 41)).isZero();
        assertThat(stand.everythingTold()).doesNotContain("Reconcile Failed");
      }
    }
    assertThat(known).as("revisions are read once").hasValue(2_003);
    stand.put("fleet-0", BETTER);
    stand.pass(5);
    assertThat(stand.state("fleet-0").path("candidate").asText())
        .as("the edit is taken up")
        .isNotEmpty();
    assertThat(stand.simulation.report().throttled()).isZero();
  }

  @Test
  void actsOnNothingWhileOneClusterCannotBeListed() throws IOException {
    Stand stand = stand(3, 4);
    stand.denials.deny((operation, request) ->
        operation.equals("ecs:ListServices") && request.path("cluster").asText().equals("blue"));
    stand.pass(5);
    assertThat(adopted(stand, 3)).isZero();
    stand.denials.deny((operation, request) -> false);
    stand.pass(5);
    assertThat(adopted(stand, 3)).isEqualTo(3);
  }

  /** Every run is a new instance of the function, which knows nothing. */
  @Test
  void getsToEveryFleetAlsoWhenNoInstanceLivesLonger() throws IOException {
    Stand stand = stand(100, 3);
    stand.denials.deny((operation, request) -> true);
    AwsFace face = coldRuns(stand.simulation.world());
    stand.pass(30);
    assertThat(adopted(stand, 100)).as(stand.decisions()).isEqualTo(100);
    assertThat(face.throttled()).as("%s", face.calls()).isZero();
  }

  private static AwsFace coldRuns(World world) throws IOException {
    TokenBuckets buckets = new TokenBuckets(world.clock());
    buckets.limited(true);
    AwsFace face = new AwsFace(world).hook(buckets);
    SplittableRandom random = new SplittableRandom(1);
    Handlers real = Handlers.real(
        new InProcessHttpClient(face, world.clock()),
        VirtualRetries.on(world.clock(), random),
        world.clock());
    new FunctionHost(
        Template.read(
            Path.of("..", "template.yaml"),
            new TreeMap<>(Map.of("Clusters", String.join(",", CLUSTERS)))),
        world.clock(),
        world.events(),
        function -> (input, output, context) -> {
          if (function.name().equals("ConfigRollout")) {
            real.create(function).handleRequest(input, output, context);
          }
        },
        random,
        run -> {});
    return face;
  }
}
