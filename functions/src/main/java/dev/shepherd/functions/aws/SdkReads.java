package dev.shepherd.functions.aws;

import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** What every port that acts passes on to the SDK's clients: a fleet's reads, and what is told. */
public abstract class SdkReads extends SdkEcsReads implements DomainEvents.Calls {
  private final EventBridgeClient events;

  /** Over these clients. */
  protected SdkReads(EcsClient ecs, EventBridgeClient events) {
    super(ecs);
    this.events = events;
  }

  @Override
  public PutEventsResponse putEvents(PutEventsRequest request) {
    return events.putEvents(request);
  }
}
