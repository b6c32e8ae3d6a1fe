package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AwsError;
import dev.shepherd.functions.aws.Parameters;
import dev.shepherd.functions.aws.ReconcileException;
import dev.shepherd.functions.aws.StateJson;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.rollout.ConfigVersion;
import dev.shepherd.shared.rollout.ParameterKind;
import dev.shepherd.shared.rollout.RolloutState;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * Shepherd's own parameters of a fleet: snapshots, {@code live}, {@code current}, {@code state}.
 */
final class ConfigStore {
  private final Parameters parameters;
  private final ParameterNames names;
  private final InstantSource clock;

  /** The snapshots that this run has read. */
  private final Set<String> seen = new HashSet<>();

  private final Map<FleetName, RolloutState> noted = new HashMap<>();

  ConfigStore(Parameters parameters, ParameterNames names, InstantSource clock) {
    this.parameters = parameters;
    this.names = names;
    this.clock = clock;
  }

  /** A new run: what was read before is looked for again. */
  void begin() {
    seen.clear();
    noted.clear();
  }

  /**
   * Keeps a text as a snapshot, once: never overwritten, and read back before anything uses it.
   *
   * @throws ReconcileException if what stands under the name is not that text
   */
  void keep(FleetName fleet, ConfigVersion config) {
    String name = names.snapshot(fleet, config.hash());
    try {
      parameters.put(copy(name, config.text(), config.kind()).overwrite(false).build());
    } catch (SdkException error) {
      if (AwsError.of(error) != AwsError.ALREADY_SO) {
        throw error;
      }
    }
    Parameter kept = read(name);
    ParameterKind kind = new ParameterKind(
        kept.typeAsString(), config.kind().keyId(), config.kind().tier());
    ConfigHash hash = ConfigVersion.of(1, kept.value(), kind, kept.lastModifiedDate(), List.of())
        .hash();
    if (kept.version() != 1 || !hash.equals(config.hash())) {
      throw new ReconcileException(
          name + " was changed by somebody: it must hold version 1 of its hash; delete it");
    }
  }

  /** What the rollout has to remember, to be written with what comes next, or by {@link #save}. */
  void note(FleetName fleet, RolloutState state) {
    noted.put(fleet, state);
  }

  /** Writes what was noted, if nothing was written since. */
  void save(FleetName fleet) {
    Optional.ofNullable(noted.get(fleet)).ifPresent(state -> remember(fleet, state));
  }

  /** Writes what the rollout has to remember, and with it what was noted before. */
  void remember(FleetName fleet, RolloutState state) {
    noted.remove(fleet); // A write whose answer is lost may have been made: none follows it.
    parameters.put(PutParameterRequest.builder()
        .name(names.state(fleet))
        .value(StateJson.write(state))
        .type("String")
        .overwrite(true)
        .build());
  }

  /**
   * Makes {@code current} and {@code live} say that a snapshot is live; {@code current} is of the
   * snapshot's kind, so that a secret text is never copied in the open.
   *
   * @param says what {@code live} says already
   * @return what {@code current} holds now
   * @throws ReconcileException if {@code current} is there and of another type, which <a
   *     href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html">cannot
   *     be changed</a>; {@code live} is written all the same
   */
  ConfigVersion publish(FleetName fleet, ConfigHash hash, Optional<ConfigHash> says) {
    String name = names.snapshot(fleet, hash);
    Parameter snapshot = read(name);
    boolean secret = snapshot.typeAsString().equals("SecureString");
    Optional<String> key = parameters.named(secret ? List.of(name) : List.of()).stream()
        .flatMap(metadata -> Optional.ofNullable(metadata.keyId()).stream())
        .findFirst();
    // Not the snapshot's tier: an advanced parameter cannot become a standard one again.
    ParameterKind kind = new ParameterKind(snapshot.typeAsString(), key, "Intelligent-Tiering");
    Optional<SdkException> refused = put(copy(names.current(fleet), snapshot.value(), kind));
    if (!says.equals(Optional.of(hash))) {
      parameters.put(PutParameterRequest.builder()
          .name(names.live(fleet))
          .value(name)
          .type("String")
          .overwrite(true)
          .build());
    }
    if (refused.isPresent()) {
      throw new ReconcileException(names.current(fleet) + " cannot be written; if its type has to"
          + " change, delete it, and it is made anew: " + AwsError.describe(refused.get()));
    }
    return ConfigVersion.of(1, snapshot.value(), kind, clock.instant(), List.of());
  }

  /** What a change has to mend is kept for the end; what may pass by itself is not. */
  private Optional<SdkException> put(PutParameterRequest.Builder current) {
    try {
      parameters.put(current.overwrite(true).build());
      return Optional.empty();
    } catch (SdkException error) {
      if (AwsError.of(error) == AwsError.GIVE_UP) {
        return Optional.of(error);
      }
      throw error;
    }
  }

  /**
   * Makes sure that a snapshot is there before services are sent to it; once in a run.
   *
   * @throws ReconcileException if somebody deleted it
   */
  void require(FleetName fleet, ConfigHash hash) {
    if (!seen.contains(names.snapshot(fleet, hash))) {
      read(names.snapshot(fleet, hash));
    }
  }

  private Parameter read(String name) {
    Parameter found = Optional.ofNullable(parameters.read(List.of(name)).get(name))
        .orElseThrow(() -> new ReconcileException(
            name + " is not there, though it was written; it is looked for again"));
    seen.add(name);
    return found;
  }

  private static PutParameterRequest.Builder copy(String name, String text, ParameterKind kind) {
    PutParameterRequest.Builder put =
        PutParameterRequest.builder().name(name).value(text).type(kind.type()).tier(kind.tier());
    return kind.type().equals("SecureString") ? put.keyId(kind.keyId().orElse(null)) : put;
  }
}
