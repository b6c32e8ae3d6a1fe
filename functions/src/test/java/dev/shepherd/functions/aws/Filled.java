package dev.shepherd.functions.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills every member of an SDK model, at every depth, with something. */
final class Filled {
  private Filled() {}

  static <B extends SdkPojo> B fully(B builder) {
    builder.sdkFields().forEach(field -> field.set(builder, value(field)));
    return builder;
  }

  private static Object value(SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_POJO)) {
      return ((Buildable) fully(field.constructor().get())).build();
    } else if (type.equals(MarshallingType.LIST)) {
      return List.of(value(field.getRequiredTrait(ListTrait.class).memberFieldInfo()));
    } else if (type.equals(MarshallingType.MAP)) {
      return Map.of("key", value(field.getRequiredTrait(MapTrait.class).valueFieldInfo()));
    } else if (type.equals(MarshallingType.BOOLEAN)) {
      return true;
    } else if (type.equals(MarshallingType.INTEGER)) {
      return 7;
    } else if (type.equals(MarshallingType.LONG)) {
      return 7L;
    } else if (type.equals(MarshallingType.INSTANT)) {
      return Instant.EPOCH;
    }
    return "text"; // Enums are kept as texts inside.
  }
}
