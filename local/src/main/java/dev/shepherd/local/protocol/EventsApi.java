package dev.shepherd.local.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.EventBus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * <a href=
 * "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 * onto the default bus: up to 10 entries, each taken or refused by itself.
 */
final class EventsApi {
  private static final int MAX_ENTRIES = 10;

  /**
   * Of all entries of a call, <a
   * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html">in
   * bytes</a>.
   */
  private static final int MAX_SIZE = 256 * 1024;

  private final EventBus bus;

  private EventsApi(EventBus bus) {
    this.bus = bus;
  }

  static Operations over(EventBus bus) {
    return new Operations()
        .on("PutEvents", PutEventsRequest::builder, new EventsApi(bus)::putEvents);
  }

  private PutEventsResponse putEvents(PutEventsRequest request) {
    if (request.entries().isEmpty() || request.entries().size() > MAX_ENTRIES) {
      throw AwsFailure.validation(
          "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member"
              + " must have length from 1 to 10");
    }
    if (request.entries().stream().mapToInt(EventsApi::size).sum() > MAX_SIZE) {
      throw AwsFailure.validation("Total size of the entries in the request is over the limit.");
    }
    List<PutEventsResultEntry> results =
        request.entries().stream().map(this::put).toList();
    long failed = results.stream().filter(result -> result.errorCode() != null).count();
    return PutEventsResponse.builder()
        .failedEntryCount((int) failed)
        .entries(results)
        .build();
  }

  private PutEventsResultEntry put(PutEventsRequestEntry entry) {
    Optional<ObjectNode> detail = detail(entry);
    if (entry.source() == null || entry.detailType() == null || entry.detail() == null) {
      return refused("InvalidArgument", "Source, DetailType and Detail are required.");
    }
    if (entry.source().startsWith("aws.")) {
      return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
    }
    if (detail.isEmpty()) {
      return refused("MalformedDetail", "Detail is malformed.");
    }
    String id = bus.publish(
        Optional.ofNullable(entry.time()),
        entry.source(),
        entry.detailType(),
        entry.resources(),
        detail.get());
    return PutEventsResultEntry.builder().eventId(id).build();
  }

  private static int size(PutEventsRequestEntry entry) {
    return (entry.time() == null ? 0 : 14)
        + size(entry.source())
        + size(entry.detailType())
        + size(entry.detail())
        + entry.resources().stream().mapToInt(EventsApi::size).sum();
  }

  private static int size(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Optional<ObjectNode> detail(PutEventsRequestEntry entry) {
    try {
      JsonNode json = AwsJson.MAPPER.readTree(entry.detail() == null ? "" : entry.detail());
      return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }

  private static PutEventsResultEntry refused(String code, String message) {
    return PutEventsResultEntry.builder().errorCode(code).errorMessage(message).build();
  }
}
