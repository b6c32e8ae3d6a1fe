package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout has to remember because ECS does not tell it; kept in the fleet's {@code state}
 * parameter.
 *
 * @param live what the fleet is to run
 * @param previous the last completed one before live
 * @param completed the newest {@value #MAX_COMPLETED} that the whole fleet has run, oldest first
 * @param candidate the text that is on its way; it is live's hash once promoted
 * @param since when the phase began
 * @param moving services under way, at most as many as may deploy at once
 * @param rejected the newest text that was refused
 * @param held why the rollout does not go on by itself
 */
public record RolloutState(
    ConfigHash live,
    Optional<ConfigHash> previous,
    List<ConfigHash> completed,
    Optional<ConfigHash> candidate,
    Phase phase,
    Instant since,
    List<Moving> moving,
    Optional<Rejection> rejected,
    Optional<String> held) {
  /** How many completed hashes are remembered. */
  public static final int MAX_COMPLETED = 10;

  /** Where the rollout is. */
  public enum Phase {
    /** Nothing to do. */
    IDLE,
    /** By-name services are being pinned to live, before anything new is tried. */
    PIN,
    /** The candidate is live, and services go to it. */
    WAVES
  }

  /**
   * A service whose deployment Shepherd starts or has started. Written before UpdateService, so
   * that none is ever forgotten.
   *
   * @param to the hash that it goes to
   * @param from the full ARN of the revision that it comes from
   * @param since when it was ordered
   * @param deployment the id that UpdateService answered; absent until then
   * @param wellSince when every collector was first seen well; absent while one is not
   */
  public record Moving(
      ServiceName service,
      ConfigHash to,
      String from,
      Instant since,
      Optional<String> deployment,
      Optional<Instant> wellSince) {
    Moving well(Optional<Instant> seen) {
      return new Moving(service, to, from, since, deployment, seen);
    }

    /** The same with the deployment that was started. */
    public Moving started(String id) {
      return new Moving(service, to, from, since, Optional.of(id), wellSince);
    }
  }

  /**
   * A refused text.
   *
   * @param version Parameter Store's number of it
   * @param reason the findings, with line and rule and without values
   */
  public record Rejection(ConfigHash hash, long version, String reason) {}

  public RolloutState {
    completed = List.copyOf(completed);
    moving = List.copyOf(moving);
    if (completed.size() > MAX_COMPLETED) {
      throw new IllegalArgumentException(
          "at most " + MAX_COMPLETED + " completed, got " + completed.size());
    }
  }

  /** A fleet that runs {@code live} and has nothing else to remember. */
  static RolloutState adopted(ConfigHash live, Instant now) {
    return new RolloutState(
        live,
        Optional.empty(),
        List.of(live),
        Optional.empty(),
        Phase.IDLE,
        now,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same fleet with a new candidate. Whatever was on its way to an older one is superseded;
   * services on their way to being pinned stay under way.
   */
  RolloutState starting(ConfigHash newest, Instant now) {
    List<Moving> pinning = phase == Phase.WAVES ? List.of() : moving;
    return new RolloutState(
        live,
        previous,
        completed,
        Optional.of(newest),
        Phase.PIN,
        now,
        pinning,
        Optional.empty(),
        Optional.empty());
  }

  RolloutState promoted(ConfigHash newLive, Instant now) {
    Optional<ConfigHash> lastGood =
        completed.stream().filter(hash -> !hash.equals(newLive)).reduce((_, later) -> later);
    return new RolloutState(
        newLive,
        lastGood,
        completed,
        candidate,
        Phase.WAVES,
        now,
        List.of(),
        rejected,
        Optional.empty());
  }

  RolloutState finished(Instant now) {
    List<ConfigHash> all = new ArrayList<>(completed);
    all.remove(live);
    all.add(live);
    List<ConfigHash> newest = all.subList(Math.max(0, all.size() - MAX_COMPLETED), all.size());
    return idle(newest, now);
  }

  RolloutState withdrawn(Instant now) {
    return idle(completed, now);
  }

  private RolloutState idle(List<ConfigHash> allCompleted, Instant now) {
    return new RolloutState(
        live,
        previous,
        allCompleted,
        Optional.empty(),
        Phase.IDLE,
        now,
        List.of(),
        rejected,
        Optional.empty());
  }

  RolloutState rejecting(Optional<Rejection> refused) {
    return new RolloutState(
        live, previous, completed, candidate, phase, since, moving, refused, held);
  }

  /** The same with other services under way. */
  public RolloutState moving(List<Moving> underWay) {
    return new RolloutState(
        live, previous, completed, candidate, phase, since, underWay, rejected, held);
  }

  RolloutState holding(String reason) {
    return new RolloutState(
        live, previous, completed, candidate, phase, since, moving, rejected, Optional.of(reason));
  }
}
