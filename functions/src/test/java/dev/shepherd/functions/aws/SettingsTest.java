package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
  @Test
  void takesTheTemplatesDefaults() {
    Settings settings = Settings.from(Map.of("SHEPHERD_CLUSTERS", "prod, staging"));
    assertThat(settings.clusters()).containsExactly("prod", "staging");
    assertThat(settings.names().configPrefix()).isEqualTo("/collectors/");
    assertThat(settings.rollout().settle()).hasSeconds(60);
    assertThat(settings.dryRun()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesABadValueByItsName(String name, String value, String because) {
    Map<String, String> environment = new HashMap<>(Map.of("SHEPHERD_CLUSTERS", "prod"));
    environment.put(name, value);
    assertThatThrownBy(() -> Settings.from(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        argumentSet("no cluster", "SHEPHERD_CLUSTERS", " , ", "SHEPHERD_CLUSTERS"),
        argumentSet("not a number", "SHEPHERD_SETTLE_SECONDS", "1m", "SHEPHERD_SETTLE_SECONDS"),
        argumentSet("zero", "SHEPHERD_SETTLE_SECONDS", "0", "settle"),
        argumentSet("negative", "SHEPHERD_DEPLOYMENT_MINUTES", "-1", "deployment"),
        argumentSet("no prefix", "SHEPHERD_CONFIG_PREFIX", "/", "prefix"),
        argumentSet("our own prefix", "SHEPHERD_CONFIG_PREFIX", "/shepherd/x/", "prefix"),
        argumentSet("no slash at the end", "SHEPHERD_CONFIG_PREFIX", "/collectors", "prefix"));
  }
}
