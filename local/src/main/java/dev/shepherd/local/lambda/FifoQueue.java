package dev.shepherd.local.lambda;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html">FIFO
 * queue of SQS</a>:
 *
 * <ol>
 *   <li>A body that was sent within the last five minutes is accepted and not delivered again,
 *       whether its first copy was deleted or not.
 *   <li>Messages of one group come in the order they were sent; while one of them is in flight,
 *       none of its group is handed out.
 *   <li>A received message stays hidden for the visibility timeout; deleted within it, it is gone.
 *   <li>One that was received {@code maxReceiveCount} times goes to the dead letters instead.
 * </ol>
 */
public final class FifoQueue {
  /**
   * <a
   * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html">Fixed
   * by SQS.</a>
   */
  static final Duration DEDUPLICATION = Duration.ofMinutes(5);

  private static final int BATCH_LIMIT = 10;

  private final Template.Queue settings;
  private final InstantSource clock;
  private final Optional<FifoQueue> deadLetters;
  private final Map<String, Stored> messages = new LinkedHashMap<>();
  private final Map<String, Instant> acceptedAt = new LinkedHashMap<>();
  private long count;

  /**
   * A message as received.
   *
   * @param receiptHandle what deletes it, until the visibility timeout ends
   * @param receiveCount how often it was received, this time included
   */
  public record Message(
      String id,
      String receiptHandle,
      String group,
      String deduplicationId,
      String body,
      Instant sentAt,
      int receiveCount) {}

  private record Stored(Message message, Instant hiddenUntil) {}

  /**
   * A queue that is empty; its settings name dead letters exactly when there is a queue for them.
   */
  public FifoQueue(Template.Queue settings, InstantSource clock, Optional<FifoQueue> deadLetters) {
    if (settings.redrive().isPresent() != deadLetters.isPresent()) {
      throw new IllegalArgumentException(
          settings.id() + ": dead letters without redrive, or reverse");
    }
    this.settings = settings;
    this.clock = clock;
    this.deadLetters = deadLetters;
  }

  /** Its logical id in the template. */
  public String id() {
    return settings.id();
  }

  /** How long a received message stays hidden. */
  public Duration visibility() {
    return settings.visibility();
  }

  /** Messages that were neither deleted nor moved away, those in flight included. */
  public int size() {
    return messages.size();
  }

  /**
   * Accepts a message. False when it counts as a duplicate. A queue without content-based
   * deduplication refuses, as EventBridge sends no deduplication id.
   */
  public boolean send(String group, String body) {
    if (!settings.contentBasedDeduplication()) {
      throw new IllegalStateException(id() + " needs content-based deduplication");
    }
    Instant now = clock.instant();
    forgetBefore(now.minus(DEDUPLICATION));
    String deduplicationId = sha256(body);
    if (acceptedAt.putIfAbsent(deduplicationId, now) != null) {
      return false;
    }
    store(new Message(nextId(), "", group, deduplicationId, body, now, 0), Instant.MIN);
    return true;
  }

  /** The map is in the order of acceptance: only its head can be old. */
  private void forgetBefore(Instant end) {
    var oldest = acceptedAt.values().iterator();
    while (oldest.hasNext() && !oldest.next().isAfter(end)) {
      oldest.remove();
    }
  }

  /** Up to {@code limit} (at most 10) visible messages, hidden from now on. */
  public List<Message> receive(int limit) {
    Instant now = clock.instant();
    Set<String> busy = messages.values().stream()
        .filter(stored -> stored.hiddenUntil.isAfter(now))
        .map(stored -> stored.message.group)
        .collect(Collectors.toSet());
    List<Message> visible = messages.values().stream()
        .map(Stored::message)
        .filter(message -> !busy.contains(message.group))
        .toList();
    List<Message> batch = new ArrayList<>();
    for (Message message : visible) {
      if (batch.size() == Math.min(limit, BATCH_LIMIT)) {
        break;
      }
      if (isSpent(message)) {
        messages.remove(message.id);
        deadLetters.ifPresent(letters -> letters.store(message, Instant.MIN));
      } else {
        batch.add(hide(message, now.plus(visibility())));
      }
    }
    return batch;
  }

  private boolean isSpent(Message message) {
    return settings
        .redrive()
        .filter(redrive -> message.receiveCount >= redrive.maxReceiveCount())
        .isPresent();
  }

  private Message hide(Message message, Instant until) {
    Message received = new Message(
        message.id,
        nextId(),
        message.group,
        message.deduplicationId,
        message.body,
        message.sentAt,
        message.receiveCount + 1);
    store(received, until);
    return received;
  }

  /**
   * Deletes a received message; false when its visibility timeout has ended, and nothing is done.
   */
  public boolean delete(Message message) {
    Stored stored = messages.get(message.id);
    boolean held = stored != null
        && stored.message.receiptHandle.equals(message.receiptHandle)
        && stored.hiddenUntil.isAfter(clock.instant());
    if (held) {
      messages.remove(message.id);
    }
    return held;
  }

  private void store(Message message, Instant hiddenUntil) {
    messages.put(message.id, new Stored(message, hiddenUntil));
  }

  private String nextId() {
    String seed = id() + "-" + count++;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String sha256(String body) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
