package dev.shepherd.shared.rollout;

import dev.shepherd.shared.fleet.ServiceName;

/**
 * A collector that failed by itself.
 *
 * @param task the task's id
 * @param binary which binary failed
 * @param text what it did, for people
 */
record Failure(ServiceName service, String task, String container, String binary, String text) {
  @Override
  public String toString() {
    return service + " task " + task + " " + container + ": " + text;
  }
}
