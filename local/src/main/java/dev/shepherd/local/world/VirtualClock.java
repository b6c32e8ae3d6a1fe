package dev.shepherd.local.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * The world's time: a queue of actions, run in the order of their time and, at one time, in the
 * order they were put. Nothing happens between actions, so days pass in seconds, and two runs of
 * the same actions are equal.
 *
 * <p>Not for two threads at once: whoever serves it to several takes turns. What runs
 * {@link #beside} the others has a thread of its own, and still only one of all moves at any
 * moment.
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
  private Instant horizon;
  private long order;
  private Optional<Strand> current = Optional.empty();

  public VirtualClock(Instant start) {
    now = start;
    horizon = start;
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
   * Runs an action that lets time {@link #pass}, as far as its first wait; it goes on when that is
   * over, and meanwhile the others do. So what it takes is what it waits for, and not what others
   * do in that time.
   */
  public void beside(Runnable action) {
    new Strand(action).move();
  }

  /**
   * Runs what is due up to and at {@code end}, and then stands there. May be called from within an
   * action (a call that takes time lets the world move on); the clock never goes back.
   */
  public void runTo(Instant end) {
    Instant outer = horizon;
    horizon = end;
    for (Due due = queue.peek(); due != null && !due.time.isAfter(end); due = queue.peek()) {
      queue.remove();
      now = due.time;
      due.action.run();
    }
    if (end.isAfter(now)) {
      now = end;
    }
    horizon = outer;
  }

  /** Lets this much time pass, with all that is due in it. */
  public void pass(Duration duration) {
    Instant end = now.plus(duration);
    if (current.isEmpty()) {
      runTo(end);
    } else if (isNothingDue(end)) {
      now = end;
    } else {
      Strand waiting = current.get();
      at(end, waiting::move);
      waiting.rest();
    }
  }

  private boolean isNothingDue(Instant end) {
    Due due = queue.peek();
    return (due == null || due.time.isAfter(end)) && !end.isAfter(horizon);
  }

  /** An action with a thread of its own, which moves when it is told to, and then alone. */
  private final class Strand {
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore rested = new Semaphore(0);
    private Optional<Throwable> thrown = Optional.empty();

    Strand(Runnable action) {
      Thread.ofVirtual().start(() -> {
        turn.acquireUninterruptibly();
        try {
          action.run();
        } catch (Throwable failure) { // It is thrown where the others move.
          thrown = Optional.of(failure);
        }
        rested.release();
      });
    }

    /** Until it rests or ends. */
    void move() {
      Optional<Strand> outer = current;
      current = Optional.of(this);
      turn.release();
      rested.acquireUninterruptibly();
      current = outer;
      if (thrown.isPresent()) {
        throw thrown.get() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(thrown.get());
      }
    }

    /** Until it is told to move on. */
    void rest() {
      rested.release();
      turn.acquireUninterruptibly();
    }
  }
}
