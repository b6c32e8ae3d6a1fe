package dev.shepherd.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.FunctionHost;
import dev.shepherd.local.lambda.Handlers;
import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.lambda.Template;
import dev.shepherd.local.lambda.VirtualRetries;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.Faults;
import dev.shepherd.local.protocol.InProcessHttpClient;
import dev.shepherd.local.world.World;
import dev.shepherd.local.world.WorldTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;

/**
 * The real handler with its Cloud Map client on moto 5.2.1 and all its other clients on the local
 * world: a second opinion on how Cloud Map answers. .ci/run starts moto; elsewhere this is skipped.
 */
@EnabledIfEnvironmentVariable(named = "SHEPHERD_MOTO_URL", matches = "http.+")
class RegistrationMotoTest {
  private static final String ADDRESS = "AWS_INSTANCE_IPV4";

  private final Moto moto = Moto.fresh();
  private final List<Invocation> runs = new ArrayList<>();

  @AfterEach
  void close() {
    moto.close();
  }

  /**
   * What the world's Cloud Map holds is moto's from now on, as the handlers of a second stack see
   * it. The simulation's own may do nothing any more.
   */
  private Stand onMoto(Stand stand) throws IOException {
    World world = stand.simulation.world();
    moto.hold(RegistrationRepairTest.instances(stand).values());
    stand.denials.deny((operation, request) -> true);
    AwsFace face = new AwsFace(world);
    face.rewrite((operation, answer) -> {
      answer
          .path("services")
          .forEach(service -> service
              .path("serviceRegistries")
              .forEach(registry -> ((ObjectNode) registry).put("registryArn", moto.arn())));
      return answer;
    });
    SplittableRandom random = new SplittableRandom(1);
    new FunctionHost(
        Template.read(Path.of("..", "template.yaml"), Map.of("Clusters", "prod")),
        world.clock(),
        world.events(),
        Handlers.real(
            moto.beside(new InProcessHttpClient(face.hook(new Faults(1)), world.clock())),
            VirtualRetries.on(world.clock(), random),
            world.clock()),
        random,
        runs::add);
    return stand;
  }

  private void isExact(Stand stand) {
    Map<String, String> expected = new TreeMap<>();
    RegistrationRepairTest.tasks(stand).forEach(task -> expected.put(task.id(), task.address()));
    assertThat(addresses()).as(told()).isEqualTo(expected);
  }

  private Map<String, String> addresses() {
    Map<String, String> addresses = new TreeMap<>();
    moto.instances()
        .forEach(instance ->
            addresses.put(instance.id(), String.valueOf(instance.attributes().get(ADDRESS))));
    return addresses;
  }

  private String told() {
    return runs.stream().map(Invocation::answer).reduce("", (all, one) -> all + "\n" + one);
  }

  @ParameterizedTest
  @MethodSource("dev.shepherd.local.scenario.RegistrationRepairTest#damages")
  void isExactAfterTwoSchedules(Consumer<Stand> damage) throws IOException {
    Stand stand = RegistrationRepairTest.gateway(12);
    damage.accept(stand);
    onMoto(stand).pass(11);
    isExact(stand);
    assertThat(told()).doesNotContain("Reconcile Failed");
  }

  @Test
  void readsAllPagesAndTakesOutAShare() throws IOException {
    Stand stand = RegistrationRepairTest.gateway(90);
    RegistrationRepairTest.orphans(stand, 30);
    onMoto(stand).pass(11);
    assertThat(moto.instances()).as(told()).hasSize(120 - 24);
    stand.pass(5);
    isExact(stand);
  }

  @Test
  void leavesForeignInstances() throws IOException {
    Stand stand = RegistrationRepairTest.gateway(3);
    WorldTask task = RegistrationRepairTest.tasks(stand).getFirst();
    RegistrationRepairTest.register(stand, "theirs", Map.of(ADDRESS, task.address()));
    onMoto(stand).pass(16);
    assertThat(addresses()).hasSize(4).containsEntry("theirs", task.address());
  }

  @Test
  void saysThatTheServiceIsGone() throws IOException {
    Stand stand = RegistrationRepairTest.gateway(3);
    onMoto(stand);
    moto.instances().stream().map(InstanceSummary::id).forEach(moto::deregister);
    moto.deleteService();
    stand.pass(6);
    assertThat(told()).contains("NO_SERVICE");
  }

  /**
   * On AWS registering <a
   * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html">replaces</a>
   * the instance of that id. moto 5.2.1 adds a second one beside it, so that nothing registered
   * again is ever put right there: what Shepherd asked for is in it, and so is what it replaces.
   */
  @Test
  void registersAgainWhatLeadsElsewhereWhichMotoDoesNotReplace() throws IOException {
    Stand stand = RegistrationRepairTest.gateway(3);
    WorldTask task = RegistrationRepairTest.tasks(stand).getFirst();
    Map<String, String> wrong = new HashMap<>(RegistrationRepairTest.attributes(stand, task.id()));
    wrong.put(ADDRESS, "10.9.9.9");
    RegistrationRepairTest.register(stand, task.id(), wrong);
    onMoto(stand).pass(6);
    assertThat(addresses()).containsEntry(task.id(), "10.9.9.9");
    stand.pass(5);
    assertThat(moto.instances())
        .filteredOn(instance -> instance.id().equals(task.id()))
        .extracting(instance -> instance.attributes().get(ADDRESS))
        .containsExactly("10.9.9.9", task.address());
  }
}
