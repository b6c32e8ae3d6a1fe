package dev.shepherd.shared.registration;

/**
 * An ECS service that registers its tasks in a Cloud Map service, as ECS counts it.
 *
 * @param desired how many tasks it should have
 * @param running how many ECS counts as running
 * @param managed whether Shepherd may act on what is registered for it; if not, it only reports
 */
public record Registrant(int desired, int running, boolean managed) {
  /** Whether its tasks should be seen when they are read. */
  boolean shouldBeSeen() {
    return desired > 0 || running > 0;
  }
}
