package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.AwsFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** What one service answers: its operations by name, each with the SDK's request and response. */
final class Operations {
  private final Map<String, Function<ObjectNode, ObjectNode>> byName = new HashMap<>();

  /** Answers {@code name}; the request arrives decoded, the answer leaves encoded. */
  <Q extends SdkPojo, B extends SdkPojo & SdkBuilder<B, Q>> Operations on(
      String name, Supplier<B> request, Function<Q, ? extends SdkPojo> answer) {
    byName.put(name, body -> AwsJson.encode(answer.apply(decode(body, request.get()))));
    return this;
  }

  /** Answers {@code name} without a model. */
  Operations raw(String name, Function<ObjectNode, ObjectNode> answer) {
    byName.put(name, answer);
    return this;
  }

  private static <Q extends SdkPojo, B extends SdkPojo & SdkBuilder<B, Q>> Q decode(
      ObjectNode body, B builder) {
    AwsJson.fill(body, builder);
    return builder.build();
  }

  ObjectNode call(String name, ObjectNode body) {
    Function<ObjectNode, ObjectNode> operation = byName.get(name);
    if (operation == null) {
      throw AwsFailure.refused(
          "UnknownOperationException", "The operation " + name + " is not available here.");
    }
    return operation.apply(body);
  }
}
