package dev.shepherd.local.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.AwsFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1</a> for the
 * SDK's own model classes, by the fields that each of them lists: so names and shapes on the wire
 * are the SDK's. Unset members are left out, lists that were set empty stay; times are epoch
 * seconds with a fraction.
 */
public final class AwsJson {
  static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AwsJson() {}

  /**
   * Reads a request's body.
   *
   * @throws AwsFailure with SerializationException when it is not a JSON object
   */
  public static ObjectNode parse(byte[] body) {
    try {
      if (body.length > 0 && MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (java.io.IOException notJson) {
      throw AwsFailure.refused("SerializationException", "The request is not valid JSON.");
    }
    throw AwsFailure.refused("SerializationException", "The request is not a JSON object.");
  }

  /** The text of an answer. */
  public static byte[] bytes(ObjectNode answer) {
    try {
      return MAPPER.writeValueAsBytes(answer);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Fills a model's builder; members that the model does not know are ignored.
   *
   * @throws AwsFailure with SerializationException when a member has the wrong JSON type
   */
  public static void fill(ObjectNode json, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = json.get(field.locationName());
      if (value != null && !value.isNull()) {
        field.set(builder, decode(value, field));
      }
    }
  }

  private static @Nullable Object decode(JsonNode json, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (json.isNull()) {
      return null;
    }
    if (type.equals(MarshallingType.SDK_POJO) && json instanceof ObjectNode object) {
      SdkPojo builder = field.constructor().get();
      fill(object, builder);
      return ((Buildable) builder).build();
    }
    if (type.equals(MarshallingType.LIST) && json instanceof ArrayNode array) {
      return decodeList(array, field.getTrait(ListTrait.class).memberFieldInfo());
    }
    if (type.equals(MarshallingType.MAP) && json instanceof ObjectNode object) {
      return decodeMap(object, field.getTrait(MapTrait.class).valueFieldInfo());
    }
    return decodeScalar(json, type, field.locationName());
  }

  private static List<@Nullable Object> decodeList(ArrayNode array, SdkField<?> member) {
    List<@Nullable Object> list = new ArrayList<>(array.size());
    array.forEach(item -> list.add(decode(item, member)));
    return list;
  }

  private static Map<String, @Nullable Object> decodeMap(ObjectNode object, SdkField<?> value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.forEachEntry((key, item) -> map.put(key, decode(item, value)));
    return map;
  }

  private static Object decodeScalar(JsonNode json, MarshallingType<?> type, String name) {
    if (type.equals(MarshallingType.STRING) && json.isTextual()) {
      return json.textValue();
    }
    if (type.equals(MarshallingType.BOOLEAN) && json.isBoolean()) {
      return json.booleanValue();
    }
    if (type.equals(MarshallingType.SDK_BYTES) && json.isTextual()) {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(json.textValue()));
    }
    return decodeNumber(json, type, name);
  }

  private static Object decodeNumber(JsonNode json, MarshallingType<?> type, String name) {
    if (json.isNumber() && type.equals(MarshallingType.INTEGER)) {
      return json.intValue();
    }
    if (json.isNumber() && type.equals(MarshallingType.LONG)) {
      return json.longValue();
    }
    if (json.isNumber() && type.equals(MarshallingType.FLOAT)) {
      return json.floatValue();
    }
    if (json.isNumber() && type.equals(MarshallingType.DOUBLE)) {
      return json.doubleValue();
    }
    if (json.isNumber() && type.equals(MarshallingType.INSTANT)) {
      return Instant.ofEpochMilli(json.decimalValue().movePointRight(3).longValue());
    }
    throw AwsFailure.refused(
        "SerializationException", "'" + name + "' has the wrong type: " + json.getNodeType());
  }

  /** A model as it goes over the wire. */
  public static ObjectNode encode(SdkPojo model) {
    ObjectNode json = NODES.objectNode();
    for (SdkField<?> field : model.sdkFields()) {
      Object value = field.getValueOrDefault(model);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        json.set(field.locationName(), encode(value));
      }
    }
    return json;
  }

  private static JsonNode encode(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case SdkPojo model -> encode(model);
      case Collection<?> list -> encodeList(list);
      case Map<?, ?> map -> encodeMap(map);
      case String text -> NODES.textNode(text);
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Float number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Instant time -> NODES.numberNode(BigDecimal.valueOf(time.toEpochMilli(), 3));
      case SdkBytes bytes ->
        NODES.textNode(Base64.getEncoder().encodeToString(bytes.asByteArray()));
      default -> throw new IllegalArgumentException("no AWS JSON for " + value.getClass());
    };
  }

  private static ArrayNode encodeList(Collection<?> list) {
    ArrayNode array = NODES.arrayNode(list.size());
    list.forEach(item -> array.add(encode(item)));
    return array;
  }

  private static ObjectNode encodeMap(Map<?, ?> map) {
    ObjectNode object = NODES.objectNode();
    map.forEach((key, item) -> object.set(key.toString(), encode(item)));
    return object;
  }
}
