package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Instant;
import java.util.Optional;

/**
 * A service whose deployment Shepherd starts or has started. Written before UpdateService, so that
 * none is ever forgotten.
 *
 * @param to the hash that it goes to
 * @param from the full ARN of the revision that it comes from
 * @param over an earlier revision of ours that had overtaken someone, and that this one replaces
 * @param since when it was ordered
 * @param deployment the id that UpdateService answered; absent until then
 * @param revision the full ARN of the revision that it goes to; absent until then
 * @param overtaken the revision that someone shipped meanwhile, and that is to be given back
 * @param wellSince when every collector was first seen well; absent while one is not
 */
public record Moving(
    ServiceName service,
    ConfigHash to,
    String from,
    Optional<String> over,
    Instant since,
    Optional<String> deployment,
    Optional<String> revision,
    Optional<String> overtaken,
    Optional<Instant> wellSince) {
  Moving well(Optional<Instant> seen) {
    return new Moving(service, to, from, over, since, deployment, revision, overtaken, seen);
  }

  /** The same with the deployment that was started, its revision, and what it overtook. */
  public Moving started(String id, String updatedTo, Optional<String> theirs) {
    return new Moving(
        service, to, from, over, since, Optional.of(id), Optional.of(updatedTo), theirs, wellSince);
  }
}
