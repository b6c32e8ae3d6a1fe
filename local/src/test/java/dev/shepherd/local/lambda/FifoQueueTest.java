package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shepherd.local.world.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FifoQueueTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-05-11T09:00:00Z"));
  private final FifoQueue letters = new FifoQueue(
      new Template.Queue("Letters", false, Duration.ofSeconds(30), Optional.empty()),
      clock,
      Optional.empty());
  private final FifoQueue queue = new FifoQueue(
      new Template.Queue(
          "Queue", true, Duration.ofSeconds(90), Optional.of(new Template.Redrive("Letters", 2))),
      clock,
      Optional.of(letters));

  private List<String> bodies() {
    return queue.receive(10).stream().map(FifoQueue.Message::body).toList();
  }

  private void passSeconds(long seconds) {
    clock.pass(Duration.ofSeconds(seconds));
  }

  @Test
  void keepsOrderInBatchesOfTen() {
    for (int i = 0; i < 12; i++) {
      queue.send("g", "body-" + i);
    }
    List<FifoQueue.Message> batch = queue.receive(100);

    assertThat(batch).hasSize(10).first().extracting(FifoQueue.Message::body).isEqualTo("body-0");
    batch.forEach(queue::delete);
    assertThat(bodies()).containsExactly("body-10", "body-11");
  }

  @Test
  void dropsTheSameBodyForFiveMinutesEvenAfterItsDeletion() {
    assertThat(queue.send("g", "a")).isTrue();
    assertThat(queue.send("g", "a")).isFalse();
    queue.receive(10).forEach(queue::delete);
    passSeconds(299);
    assertThat(queue.send("g", "a")).isFalse();
    assertThat(queue.send("g", "b")).isTrue();
    passSeconds(1);
    assertThat(queue.send("g", "a")).isTrue();
    assertThat(bodies()).containsExactly("b", "a");
  }

  @Test
  void holdsAGroupWhileOneOfItIsInFlight() {
    queue.send("g", "a");
    queue.send("h", "x");
    assertThat(queue.receive(1)).extracting(FifoQueue.Message::body).containsExactly("a");
    queue.send("g", "b");

    assertThat(bodies()).containsExactly("x");
    assertThat(bodies()).isEmpty();
  }

  @Test
  void handsOutAgainAfterTheVisibilityTimeoutInOrder() {
    queue.send("g", "a");
    queue.receive(10);
    queue.send("g", "b");
    passSeconds(89);
    assertThat(bodies()).isEmpty();
    passSeconds(1);
    assertThat(queue.receive(10)).extracting(FifoQueue.Message::receiveCount).containsExactly(2, 1);
  }

  @Test
  void anOldReceiptDeletesNothing() {
    queue.send("g", "a");
    FifoQueue.Message first = queue.receive(10).getFirst();
    passSeconds(90);
    assertThat(queue.delete(first)).isFalse();
    FifoQueue.Message second = queue.receive(10).getFirst();
    assertThat(queue.delete(first)).isFalse();
    assertThat(queue.delete(second)).isTrue();
    assertThat(queue.size()).isZero();
  }

  @Test
  void whatWasReceivedTooOftenGoesToTheDeadLettersAndFreesItsGroup() {
    queue.send("g", "poison");
    queue.receive(10);
    passSeconds(90);
    queue.receive(10);
    queue.send("g", "next");
    passSeconds(90);

    assertThat(bodies()).containsExactly("next");
    assertThat(letters.receive(10)).extracting(FifoQueue.Message::body).containsExactly("poison");
  }

  @Test
  void aQueueWithoutContentBasedDeduplicationRefuses() {
    assertThatThrownBy(() -> letters.send("g", "a")).isInstanceOf(IllegalStateException.class);
  }
}
