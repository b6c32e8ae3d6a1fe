package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.shared.config.Catalogue.Kind;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void everyListedReleaseCanBeRead() {
    for (String name : ConfigValidator.releases()) {
      Release release = Release.parse(name).orElseThrow();
      Catalogue catalogue = Catalogue.read(release);
      for (Kind kind : Kind.values()) {
        for (String type : catalogue.types(kind)) {
          Catalogue.Component component = catalogue.component(kind, type).orElseThrow();
          assertThat(component.shape().kind()).isEqualTo(Shape.Kind.MAP);
          assertThat(Set.of("traces", "metrics", "logs")).containsAll(component.signals());
        }
      }
      assertThat(Catalogue.lines("adot-" + name + ".txt")).contains("release " + name);
    }
  }

  @Test
  void release049HasItsComponents() {
    Catalogue catalogue = Catalogue.read(new Release(0, 49, 0));
    assertThat(catalogue.types(Kind.RECEIVER)).hasSize(10);
    assertThat(catalogue.types(Kind.PROCESSOR)).hasSize(15);
    assertThat(catalogue.types(Kind.EXPORTER)).hasSize(14);
    assertThat(catalogue.types(Kind.EXTENSION)).hasSize(7);
    assertThat(catalogue.types(Kind.CONNECTOR)).isEmpty();
    assertThat(catalogue.component(Kind.EXPORTER, "otlp"))
        .isEqualTo(catalogue.component(Kind.EXPORTER, "otlp_grpc"));
    assertThat(catalogue.component(Kind.EXPORTER, "logging")).isEmpty();
  }

  @Test
  void theNearestOlderReleaseStandsIn() {
    assertThat(chosen("v0.50.1")).contains("0.49.0");
    assertThat(chosen("v0.40.0")).contains("0.49.0");
    assertThat(chosen("latest")).contains("0.49.0");
    assertThat(CatalogueChoice.choose(ValidationTarget.image("grafana/alloy:v1"), new Report()))
        .isEmpty();
  }

  private static Optional<String> chosen(String tag) {
    Report report = new Report();
    Optional<Catalogue> catalogue = CatalogueChoice.choose(
        ValidationTarget.image("public.ecr.aws/x/aws-otel-collector:" + tag), report);
    assertThat(report.findings()).extracting(Finding::rule).containsExactly("release-assumed");
    return catalogue.map(found -> found.release().toString());
  }
}
