package dev.shepherd.local.world;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Copies between the SDK's models, as what a request says becomes what is described. */
final class Models {
  private Models() {}

  /** Sets every member that the request has set and the described thing has too. */
  static <B extends SdkPojo> B overlay(SdkPojo request, B described) {
    Map<String, SdkField<?>> targets = new HashMap<>();
    described.sdkFields().forEach(field -> targets.put(field.memberName(), field));
    for (SdkField<?> field : request.sdkFields()) {
      SdkField<?> target = targets.get(field.memberName());
      Object value = field.getValueOrDefault(request);
      if (target != null && isSet(value)) {
        target.set(described, value);
      }
    }
    return described;
  }

  private static boolean isSet(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }
}
