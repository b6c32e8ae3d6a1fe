package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
 * @param findings what the validator said of the newest text that was taken, shortened, and which
 *     tags are out of bounds
 * @param rejected the newest text that was refused
 * @param quarantined the newest {@value #MAX_QUARANTINED} that failed, oldest first
 * @param released the hash that the release tag named when it was last carried out
 * @param wellAtStart how many percent of the fleet's collectors were well at the promotion
 * @param okAlarms the {@link Alarms} that were OK when the rollout began, or began again before its
 *     promotion; absent while that was not looked at
 * @param held why the rollout does not go on for now
 * @param trial what trying the candidate on extra tasks has to remember
 * @param proofs the newest {@value #MAX_PROOFS} binaries that were seen well on a completed hash
 * @param retiring whether revisions of a failed hash are still to be deregistered
 */
// Over 200 lines: the record, and every way in which it may change, in one place.
public record RolloutState(
    ConfigHash live,
    Optional<ConfigHash> previous,
    List<ConfigHash> completed,
    Optional<ConfigHash> candidate,
    Phase phase,
    Instant since,
    List<Moving> moving,
    List<String> findings,
    Optional<Rejection> rejected,
    List<Quarantine> quarantined,
    Optional<ConfigHash> released,
    int wellAtStart,
    Optional<List<String>> okAlarms,
    Optional<Held> held,
    Trial trial,
    List<Proof> proofs,
    boolean retiring) {
  /** How many proofs are remembered. */
  public static final int MAX_PROOFS = 20;

  /** How many completed hashes are remembered. */
  public static final int MAX_COMPLETED = 10;

  private static final int ALL = 100;

  /** How the one finding begins that names the tags which are out of bounds. */
  static final String TAG_FINDING = "warning tag-out-of-bounds ";

  /** How many quarantined hashes are remembered. */
  public static final int MAX_QUARANTINED = 10;

  /** Where the rollout is. */
  public enum Phase {
    /** Nothing to do. */
    IDLE,
    /** By-name services are being pinned to live, before anything new is tried. */
    PIN,
    /** The collectors alone are started on the candidate, without traffic. */
    PROBE,
    /** Canary tasks, or one service, are brought to the candidate. */
    CANARY,
    /** What tries the candidate must stay well. */
    BAKE,
    /** The candidate is live, and services go to it. */
    WAVES,
    /** What was tried has failed, or is not known any more: services go back to live. */
    BACK;

    /** Whether a candidate is on its way that is not live yet. */
    boolean isBeforePromotion() {
      return this == PIN || this == PROBE || this == CANARY || this == BAKE;
    }
  }

  /** A binary that was seen well on a hash that the whole fleet has run. */
  public record Proof(ConfigHash hash, String binary) {}

  public RolloutState {
    completed = List.copyOf(completed);
    moving = List.copyOf(moving);
    findings = List.copyOf(findings);
    quarantined = List.copyOf(quarantined);
    okAlarms = okAlarms.map(List::copyOf);
    proofs = List.copyOf(proofs);
    if (completed.size() > MAX_COMPLETED
        || quarantined.size() > MAX_QUARANTINED
        || proofs.size() > MAX_PROOFS) {
      throw new IllegalArgumentException("too much to remember: " + completed.size()
          + " completed, " + quarantined.size() + " quarantined, " + proofs.size() + " proofs");
    }
  }

  /** Whether a finding is of the config parameter's tags, not of a text. */
  public static boolean isOfTags(String finding) {
    return finding.startsWith(TAG_FINDING);
  }

  /** The same with other findings. */
  RolloutState finding(List<String> other) {
    return with(next -> next.findings = other);
  }

  /** Whether that hash failed, on this binary. */
  boolean isQuarantined(ConfigHash hash, Predicate<String> binary) {
    return quarantined.stream().anyMatch(q -> q.hash().equals(hash) && binary.test(q.binary()));
  }

  /** Whether the whole fleet has run that hash, on these binaries. */
  boolean isProved(ConfigHash hash, Set<String> binaries) {
    return completed.contains(hash)
        && binaries.stream()
            .allMatch(
                binary -> Collector.isDigest(binary) && proofs.contains(new Proof(hash, binary)));
  }

  /**
   * A fleet that runs {@code live} and has nothing else to remember but its findings. Extra tasks
   * may be there, from before a state was lost.
   */
  static RolloutState adopted(ConfigHash live, List<String> findings, Instant now) {
    return new RolloutState(
        live,
        Optional.empty(),
        List.of(live),
        Optional.empty(),
        Phase.IDLE,
        now,
        List.of(),
        findings,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        ALL,
        Optional.empty(),
        Optional.empty(),
        Trial.NONE.ordered(now, 0).step(),
        List.of(),
        false);
  }

  /** What is pinned elsewhere goes to live. */
  RolloutState gathering(Instant now) {
    return with(next -> next.enter(Phase.BACK, now));
  }

  /**
   * The same fleet with a new candidate; whatever was on its way to an older one is superseded.
   * Marks of before stay, to tell our own deployments from others', but are not followed.
   */
  RolloutState starting(ConfigVersion newest, Instant now) {
    return with(next -> {
      next.candidate = Optional.of(newest.hash());
      next.enter(Phase.PIN, now);
      next.trial = trial.of(newest.pulls());
      next.findings = PolicyTags.kept(findings, newest.shortFindings());
      next.rejected = Optional.empty();
      next.okAlarms = Optional.empty();
    });
  }

  /** The next phase on the candidate's way to promotion. */
  RolloutState trying(Phase phase, Instant now) {
    return with(next -> {
      next.enter(phase, now);
      next.trial = trial.step();
    });
  }

  RolloutState trial(Trial remembered) {
    return with(next -> next.trial = remembered);
  }

  /**
   * The candidate is live.
   *
   * @param percentWell of the fleet's collectors, as they are now
   * @param binaries that run live so far
   * @param baked whether anything has tried it for the bake time, or need not
   */
  RolloutState promoted(
      ConfigHash newLive, int percentWell, Set<String> binaries, boolean baked, Instant now) {
    return with(next -> {
      next.trial = trial.of(trial.pulls()).unbaked(!baked);
      if (completed.contains(live)) {
        next.prove(live, binaries);
      }
      next.live = newLive;
      next.wellAtStart = percentWell;
      next.previous = lastOther(completed, newLive);
      next.enter(Phase.WAVES, now);
    });
  }

  /**
   * The whole fleet runs live.
   *
   * @param binaries that run it
   */
  RolloutState finished(Set<String> binaries, Instant now) {
    List<ConfigHash> all = new ArrayList<>(completed);
    all.remove(live);
    all.add(live);
    return with(next -> {
      next.completed = all.subList(Math.max(0, all.size() - MAX_COMPLETED), all.size());
      next.prove(live, binaries);
      next.trial = trial.of(false);
      next.candidate = Optional.empty();
      next.enter(Phase.IDLE, now);
      next.moving = List.of();
    });
  }

  /**
   * The candidate is forgotten, and what tries it goes back; live goes on to where it has not been
   * yet.
   */
  RolloutState withdrawn(Instant now) {
    boolean unfinished = !completed.contains(live);
    return with(next -> {
      next.candidate = unfinished ? Optional.of(live) : Optional.empty();
      next.enter(unfinished ? Phase.WAVES : Phase.IDLE, now);
      next.trial = trial.of(false);
      next.rejected = Optional.empty();
    });
  }

  /** The candidate failed by itself before it was live. */
  RolloutState failed(Quarantine failed, Instant now) {
    return quarantining(failed).withdrawn(now).with(next -> next.rejected = rejected);
  }

  /** The refusal of a text; a hold of what was tried before it is tried again at once. */
  RolloutState rejecting(Optional<Rejection> refused) {
    return with(next -> {
      next.rejected = refused;
      next.held = Optional.empty();
    });
  }

  /** The same with other services under way. */
  public RolloutState moving(List<Moving> underWay) {
    return with(next -> next.moving = underWay);
  }

  /**
   * Held once more; nothing of before is followed when it tries again. Before the promotion what
   * tries the candidate goes back, and all begins anew.
   */
  public RolloutState holding(String reason, Instant now) {
    return with(next -> {
      if (phase.isBeforePromotion()) {
        next.enter(Phase.PIN, now);
      }
      next.held = Optional.of(new Held(reason, now, trial.tries()));
      next.trial = trial.again();
      // Before the promotion nothing runs the candidate meanwhile; after it the services do.
      next.okAlarms = phase == Phase.WAVES ? okAlarms : Optional.empty();
    });
  }

  /** Live has failed: it is quarantined, and the last good one is live again. */
  RolloutState goingBack(Quarantine failed, Instant now) {
    ConfigHash good = previous.orElseThrow();
    return quarantining(failed).with(next -> {
      next.live = good;
      next.previous =
          next.completed.stream().filter(hash -> !hash.equals(good)).reduce((_, later) -> later);
      next.candidate = Optional.empty();
      next.enter(Phase.BACK, now);
      next.trial = trial.of(false);
    });
  }

  /** A hash is quarantined; the oldest one falls out where there are too many. */
  RolloutState quarantining(Quarantine failed) {
    List<Quarantine> all = new ArrayList<>(quarantined);
    all.removeIf(q -> q.hash().equals(failed.hash()) && q.binary().equals(failed.binary()));
    all.add(failed);
    return with(next -> {
      next.quarantined = all.subList(Math.max(0, all.size() - MAX_QUARANTINED), all.size());
      next.completed =
          completed.stream().filter(hash -> !hash.equals(failed.hash())).toList();
      next.previous = lastOther(next.completed, next.live);
      next.retiring = true;
    });
  }

  /** The newest of these that is not that one. */
  private static Optional<ConfigHash> lastOther(List<ConfigHash> hashes, ConfigHash one) {
    return hashes.stream().filter(hash -> !hash.equals(one)).reduce((_, later) -> later);
  }

  /** A hash may be tried again, on every binary; none: the tag that said so is gone. */
  RolloutState releasing(Optional<ConfigHash> hash) {
    return with(next -> {
      next.released = hash;
      next.quarantined =
          quarantined.stream().filter(q -> !Optional.of(q.hash()).equals(hash)).toList();
    });
  }

  /** All services are back; the hash that failed is not on its way any more. */
  RolloutState back(Instant now) {
    return with(next -> {
      next.enter(Phase.IDLE, now);
      next.moving = List.of();
    });
  }

  /** The same, and no first service has to go back. */
  RolloutState withoutFirst() {
    return with(next -> next.trial = trial.first(Optional.empty()));
  }

  /** The same with nothing under way, and no hold that is over. */
  RolloutState settled() {
    return with(next -> {
      next.moving = List.of();
      next.held = Optional.empty();
      next.trial = trial.first(Optional.empty());
    });
  }

  /** No revision of a failed hash is left that could be deregistered. */
  RolloutState retired() {
    return with(next -> next.retiring = false);
  }

  /** The same, and these alarms are OK before the config is tried. */
  RolloutState watching(Optional<List<String>> ok) {
    return with(next -> next.okAlarms = ok);
  }

  /** Whether a service was ordered in this phase, and since it was last held. */
  boolean isFollowed(Moving mark) {
    return !mark.since().isBefore(held.map(Held::since).filter(since::isBefore).orElse(since));
  }

  private RolloutState with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.state();
  }

  /** A state that is being changed; it never leaves this class. */
  private static final class Draft {
    private ConfigHash live;
    private Optional<ConfigHash> previous;
    private List<ConfigHash> completed;
    private Optional<ConfigHash> candidate;
    private Phase phase;
    private Instant since;
    private List<Moving> moving;
    private List<String> findings;
    private Optional<Rejection> rejected;
    private List<Quarantine> quarantined;
    private Optional<ConfigHash> released;
    private int wellAtStart;
    private Optional<List<String>> okAlarms;
    private Optional<Held> held;
    private Trial trial;
    private List<Proof> proofs;
    private boolean retiring;

    Draft(RolloutState from) {
      live = from.live;
      previous = from.previous;
      completed = from.completed;
      candidate = from.candidate;
      phase = from.phase;
      since = from.since;
      moving = from.moving;
      findings = from.findings;
      rejected = from.rejected;
      quarantined = from.quarantined;
      released = from.released;
      wellAtStart = from.wellAtStart;
      okAlarms = from.okAlarms;
      held = from.held;
      trial = from.trial;
      proofs = from.proofs;
      retiring = from.retiring;
    }

    void prove(ConfigHash hash, Set<String> binaries) {
      List<Proof> all = new ArrayList<>(proofs);
      List<Proof> seen = binaries.stream()
          .filter(Collector::isDigest)
          .sorted()
          .limit(MAX_PROOFS)
          .map(binary -> new Proof(hash, binary))
          .toList();
      all.removeAll(seen);
      all.addAll(seen);
      proofs = all.subList(Math.max(0, all.size() - MAX_PROOFS), all.size());
    }

    void enter(Phase next, Instant now) {
      phase = next;
      since = now;
      held = Optional.empty();
      okAlarms = next == Phase.IDLE || next == Phase.BACK ? Optional.empty() : okAlarms;
    }

    RolloutState state() {
      return new RolloutState(
          live,
          previous,
          completed,
          candidate,
          phase,
          since,
          moving,
          findings,
          rejected,
          quarantined,
          released,
          wellAtStart,
          okAlarms,
          held,
          trial,
          proofs,
          retiring);
    }
  }
}
