package dev.shepherd.local.invariant;

import java.util.List;

/**
 * What the operators have agreed with Shepherd; a fleet's tags may say otherwise.
 *
 * @param configs the fleets' config parameters
 * @param canaryPercent of a fleet's tasks that may try a candidate
 * @param maxUnavailablePercent of a service's tasks that Shepherd may have stopped at once
 * @param maxDeregisterPercent of a Cloud Map service that one run may take out
 */
public record Terms(
    List<String> configs, int canaryPercent, int maxUnavailablePercent, int maxDeregisterPercent) {
  public Terms {
    configs = List.copyOf(configs);
  }
}
