package dev.shepherd.functions.aws;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/**
 * Writes JSON with the SDK's own writer, which is in the artifact anyway. Maps give objects in
 * their order, lists arrays, an empty {@link Optional} leaves its member out; all else is its text.
 */
public final class Json {
  private Json() {}

  /** The value as one line of JSON. */
  public static String write(Object value) {
    try (JsonWriter writer = JsonWriter.create()) {
      write(writer, value);
      return new String(writer.getBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void write(JsonWriter writer, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        writer.writeStartObject();
        map.forEach((key, member) -> member(writer, key.toString(), member));
        writer.writeEndObject();
      }
      case List<?> list -> {
        writer.writeStartArray();
        list.forEach(item -> write(writer, item));
        writer.writeEndArray();
      }
      case Boolean flag -> writer.writeValue((boolean) flag);
      case Number number -> writer.writeValue(number.longValue());
      case Instant time -> writer.writeValue(time.toString());
      default -> writer.writeValue(value.toString());
    }
  }

  private static void member(JsonWriter writer, String name, Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> member(writer, name, present));
    } else {
      writer.writeFieldName(name);
      write(writer, value);
    }
  }
}
