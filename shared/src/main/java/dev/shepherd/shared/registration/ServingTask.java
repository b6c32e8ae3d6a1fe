package dev.shepherd.shared.registration;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ServiceName;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A task that clients may be sent to, as ECS shows it.
 *
 * @param id the last part of its ARN; the id of its instance
 * @param service whose Cloud Map service it belongs in: its own, or the one that a canary's tag
 *     names
 * @param family of its task definition
 * @param canary what it proves, for one of Shepherd's canary tasks
 * @param drained whether it is about to be stopped and must get no more traffic
 * @param reach where it is reached
 */
public record ServingTask(
    String id,
    ServiceName service,
    String family,
    Optional<Canary> canary,
    Progress progress,
    Health health,
    boolean drained,
    Place place,
    Reach reach) {
  /**
   * <a
   * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html">RegisterInstance</a>
   * takes 64 characters at most.
   */
  private static final Pattern INSTANCE_ID = Pattern.compile("[0-9a-zA-Z_/:.@-]{1,64}");

  public ServingTask {
    if (!INSTANCE_ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no instance can have this id: '" + id + "'");
    }
  }

  boolean isCanary() {
    return canary.isPresent();
  }

  /** Which config of which fleet a canary tries. */
  public record Canary(FleetName fleet, ConfigHash config) {}

  /** Where it is in its life. */
  public enum Progress {
    /** It does not run yet. */
    STARTING,
    /** Desired and last status are RUNNING. */
    RUNNING,
    /** ECS does not want it any more, and is about to end it. */
    ENDING,
    /** It has stopped. */
    ENDED
  }

  /** What the checks of its essential containers say. */
  public enum Health {
    /** They pass, or there are none. */
    WELL,
    /** None has passed or failed for good yet. */
    UNPROVEN,
    UNHEALTHY
  }

  /**
   * Where it runs.
   *
   * @param zone of its region, {@code eu-west-1a}
   * @param host the EC2 instance's id; absent on Fargate
   */
  public record Place(String zone, String region, Optional<String> host) {}

  /** Where clients reach it. */
  public sealed interface Reach {
    /**
     * An address and, where the service registers one, a port.
     *
     * @param address IPv4
     */
    record At(String address, OptionalInt port) implements Reach {}

    /** It has no address, or not the port that the service registers. */
    record Nowhere() implements Reach {}
  }
}
