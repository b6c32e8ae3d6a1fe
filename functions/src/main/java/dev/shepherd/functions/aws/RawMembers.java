package dev.shepherd.functions.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Reads the raw answer that holds a task definition beside the SDK's model. A member that the model
 * does not know would be lost in a copy, and so changed behind its owner's back: such a definition
 * is not copied.
 */
public final class RawMembers implements ExecutionInterceptor {
  /** Set on a request, it is filled with the paths of the members that the model does not know. */
  static final ExecutionAttribute<List<String>> UNKNOWN =
      new ExecutionAttribute<>("shepherd.unknownMembers");

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    List<String> unknown = attributes.getAttribute(UNKNOWN);
    if (unknown == null
        || context.responseBody().isEmpty()
        || !context.httpResponse().isSuccessful()) {
      return context.responseBody();
    }
    byte[] bytes;
    try (InputStream body = context.responseBody().get()) {
      bytes = body.readAllBytes();
    } catch (IOException broken) {
      throw RetryableException.create("the answer broke off", broken);
    }
    unknown.clear(); // A retried call answers again.
    unknown.addAll(in(new String(bytes, StandardCharsets.UTF_8)));
    return Optional.of(new ByteArrayInputStream(bytes));
  }

  private static List<String> in(String body) {
    List<String> unknown = new ArrayList<>();
    try {
      JsonNode answer = JsonNode.parser().parse(body);
      answer
          .field("taskDefinition")
          .ifPresent(node -> compare("", node, TaskDefinition.builder(), unknown));
    } catch (RuntimeException otherShape) {
      // What the model cannot be laid beside is not known either; the SDK itself says the rest.
      unknown.add("an answer of another shape");
    }
    return unknown;
  }

  private static void compare(String path, JsonNode node, SdkPojo model, List<String> unknown) {
    node.asObject().forEach((name, value) -> {
      String member = path.isEmpty() ? name : path + "." + name;
      model.sdkFields().stream()
          .filter(field -> field.locationName().equals(name))
          .findFirst()
          .ifPresentOrElse(
              field -> inside(member, value, field, unknown), () -> unknown.add(member));
    });
  }

  private static void inside(String path, JsonNode value, SdkField<?> field, List<String> unknown) {
    Supplier<SdkPojo> nested = field.constructor();
    if (nested != null && value.isObject()) {
      compare(path, value, nested.get(), unknown);
    } else if (value.isArray()) {
      SdkField<?> item = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
      List<JsonNode> items = value.asArray();
      for (int i = 0; i < items.size(); i++) {
        inside(path + "[" + i + "]", items.get(i), item, unknown);
      }
    } else if (value.isObject()) {
      SdkField<?> item = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
      for (Map.Entry<String, JsonNode> entry : value.asObject().entrySet()) {
        inside(path + "." + entry.getKey(), entry.getValue(), item, unknown);
      }
    }
  }
}
