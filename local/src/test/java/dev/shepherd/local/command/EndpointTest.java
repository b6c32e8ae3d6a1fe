package dev.shepherd.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EndpointTest {
  @Test
  void handsTheCallersProfileOnAsVariables() throws Exception {
    try (Endpoint aws = Endpoint.of(Optional.of("aws"), Map.of("AWS_PROFILE", "prod"))) {
      // What the SDK's chain finds in this process: the system properties that Surefire sets.
      assertThat(aws.environment())
          .containsEntry("AWS_PROFILE", "prod")
          .containsEntry("AWS_ACCESS_KEY_ID", System.getProperty("aws.accessKeyId"));
    }
  }

  @Test
  void leavesTheCallersVariablesAsTheyAre() throws Exception {
    Map<String, String> caller = Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "s");
    try (Endpoint aws = Endpoint.of(Optional.of("aws"), caller)) {
      assertThat(aws.environment()).isEqualTo(caller);
    }
  }

  @Test
  void neverHandsThemToALoopbackAddress() throws Exception {
    Map<String, String> caller = Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SESSION_TOKEN", "t");
    try (Endpoint local = Endpoint.of(Optional.of("http://127.0.0.1:8421"), caller)) {
      assertThat(local.environment())
          .containsEntry("AWS_ACCESS_KEY_ID", "local")
          .doesNotContainKey("AWS_SESSION_TOKEN");
    }
  }
}
