package dev.shepherd.functions.aws;

import java.util.Map;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** Tells the default event bus what Shepherd did, as {@code source: shepherd}. */
public final class DomainEvents {
  /** The call that it takes. */
  public interface Calls {
    /** {@code events:PutEvents}. */
    PutEventsResponse putEvents(PutEventsRequest request);
  }

  private final Calls calls;

  public DomainEvents(Calls calls) {
    this.calls = calls;
  }

  /**
   * Publishes one event.
   *
   * @param type its detail-type, {@code Rollout Started}
   * @throws ReconcileException if the bus <a
   *     href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">refuses
   *     the entry</a>, which it says with HTTP 200
   */
  public void publish(String type, String subject, Map<String, Object> detail) {
    PutEventsResponse answer = calls.putEvents(PutEventsRequest.builder()
        .entries(PutEventsRequestEntry.builder()
            .source("shepherd")
            .detailType(type)
            .detail(Json.write(detail))
            .build())
        .build());
    if (answer.failedEntryCount() != null && answer.failedEntryCount() > 0) {
      throw new ReconcileException("the event '" + type + "' of " + subject + " was refused: "
          + answer.entries().getFirst().errorCode());
    }
  }
}
