package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.Caller;
import dev.shepherd.local.lambda.Invocation;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.CallHook;
import dev.shepherd.local.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Holds the functions against the design's invariants: each act before it takes effect, each event,
 * each run when it has ended. It looks at the world, and at the calls and answers that passed the
 * AWS face; it shares no code with what decides.
 *
 * <p>An act is judged by what its function was told within the last {@link Sightings#FRESH}; what
 * it was not told, by the world as it is. One that is refused, or lost on its way, is no act.
 */
public final class Invariants {
  private static final Pattern WRITES =
      Pattern.compile("(ecs|servicediscovery|ssm):(?!Describe|Get|List|Discover)\\w+");

  private final World world;
  private final Supplier<Optional<Caller>> caller;
  private final Checks checks;
  private final Sightings sightings;
  private final LostEventsAreMadeGood edits;
  private final Converging converging;
  private final List<Rule> rules;
  private Optional<Act> pending = Optional.empty();

  /** @param caller the run that makes the call of this moment */
  public Invariants(World world, Terms terms, Supplier<Optional<Caller>> caller) {
    this.world = world;
    this.caller = caller;
    checks = new Checks(world.clock());
    sightings = new Sightings(world);
    Configs configs = new Configs(world, terms);
    edits = new LostEventsAreMadeGood(configs);
    converging = new Converging(configs);
    rules = List.of(
        new NothingQuarantinedIsDeployed(configs),
        new OnlyKnownTextsAreRead(configs),
        new CandidatesStayOnCanaries(configs, sightings),
        new ServingTasksStayAboveBudget(configs, sightings),
        new LiveTasksStayRegistered(configs, sightings),
        new ForeignThingsStayUntouched(configs),
        new CopiesDifferOnlyInConfig(configs),
        new OvertakenReleasesComeBack(configs, sightings),
        new ListingsAreWhole(configs, sightings),
        new OneRolloutPerService(configs),
        edits,
        new ReasonsWithoutTexts(configs));
  }

  /** Watches the functions' calls; {@code others} are the hooks that may refuse or lose a call. */
  public void watch(AwsFace face, Consumer<AwsFace> others) {
    face.hook(new Effects());
    others.accept(face);
    face.hook(new Intents());
    world.events().subscribe(event -> rules.forEach(rule -> rule.event(event, checks)));
  }

  /** A run has ended. */
  public void ended(Invocation run) {
    rules.forEach(rule -> rule.ended(run, checks));
  }

  /**
   * The run of the scenario is over, and had time enough to come to rest.
   *
   * @param converged whether it has
   */
  public void atRest(boolean converged) {
    converging.check(converged, checks);
  }

  /** How often something was held against an invariant. */
  public long checked() {
    return checks.checked();
  }

  /** What did not hold, in the order of time; the first hundred. */
  public List<Violation> violations() {
    return checks.violations();
  }

  /** Stands before the hooks that lose answers: what it hears of has taken effect. */
  private final class Effects implements CallHook {
    @Override
    public void before(String operation, ObjectNode request) {
      caller.get().ifPresent(run -> sightings.asked(run, operation, request));
    }

    @Override
    public void after(String operation, ObjectNode request) {
      pending.ifPresent(act -> {
        checks.tookEffect();
        rules.forEach(rule -> rule.after(act));
      });
      pending = Optional.empty();
    }

    @Override
    public void answered(String operation, ObjectNode request, ObjectNode answer) {
      caller.get().ifPresent(run -> {
        sightings.answered(run, operation, request, answer);
        edits.told(run.function(), operation, request, answer);
      });
    }

    @Override
    public void ended() {
      checks.forget();
      pending = Optional.empty();
    }
  }

  /** Stands behind the hooks that refuse calls. */
  private final class Intents implements CallHook {
    @Override
    public void before(String operation, ObjectNode request) {
      pending = caller
          .get()
          .filter(_ -> WRITES.matcher(operation).matches())
          .map(run -> new Act(run, world.clock().instant(), operation, request));
      pending.ifPresent(act -> {
        checks.awaitEffect();
        rules.forEach(rule -> rule.before(act, checks));
      });
    }
  }
}
