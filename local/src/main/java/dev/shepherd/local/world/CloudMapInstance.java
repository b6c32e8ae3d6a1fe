package dev.shepherd.local.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;

/** One registered instance; health counts only in a service with a custom health check. */
public record CloudMapInstance(String id, Map<String, String> attributes, HealthStatus health) {
  public CloudMapInstance {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  CloudMapInstance health(HealthStatus health) {
    return new CloudMapInstance(id, attributes, health);
  }
}
