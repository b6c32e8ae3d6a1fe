package dev.shepherd.local.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * The world's time: a queue of actions, run in the order of their time and, at one time, in the
 * order they were put. Nothing happens between actions, so days pass in seconds, and two runs of
 * the same actions are equal.
 *
 * <p>Not for two threads at once: whoever serves it to several takes turns.
 */
public final class VirtualClock implements InstantSource {
  private record Due(Instant time, long order, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = time.compareTo(other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private Instant now;
  private long order;

  public VirtualClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /**
   * Puts an action into the queue; a delay of zero or less runs at the next turn of this instant.
   */
  public void after(Duration delay, Runnable action) {
    at(now.plus(delay), action);
  }

  /** Puts an action into the queue; a time that is past counts as now. */
  public void at(Instant time, Runnable action) {
    queue.add(new Due(time.isBefore(now) ? now : time, order++, action));
  }

  /**
   * Runs what is due up to and at {@code end}, and then stands there. May be called from within an
   * action (a call that takes time lets the world move on); the clock never goes back.
   */
  public void runTo(Instant end) {
    for (Due due = queue.peek(); due != null && !due.time.isAfter(end); due = queue.peek()) {
      queue.remove();
      now = due.time;
      due.action.run();
    }
    if (end.isAfter(now)) {
      now = end;
    }
  }

  /** Lets this much time pass, with all that is due in it. */
  public void pass(Duration duration) {
    runTo(now.plus(duration));
  }
}
