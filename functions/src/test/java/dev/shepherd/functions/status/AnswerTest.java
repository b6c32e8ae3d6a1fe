package dev.shepherd.functions.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shepherd.functions.status.StatusRequest.Format;
import dev.shepherd.functions.status.StatusRequest.Theme;
import dev.shepherd.shared.fleet.Collector;
import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.Scheduling;
import dev.shepherd.shared.fleet.ServiceName;
import dev.shepherd.shared.fleet.ServiceState;
import dev.shepherd.shared.fleet.TaskDefinitionState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {
  private static final Instant NOW = Instant.parse("2026-05-11T10:00:00Z");
  private static final String NASTY = "<script>alert('x')</script> & \"y\"";
  private static final FleetName FLEET = new FleetName("gateway");

  private static ServiceView service(int number) {
    ConfigReference reference = new ConfigReference.Pinned(FLEET, new ConfigHash("aaaaaaaaaaaa"));
    String arn = "arn:aws:ecs:eu-west-1:000000000000:task-definition/app-" + number + ":1";
    ServiceState state = new ServiceState(
        new ServiceName("prod", "application-with-a-long-name-" + number),
        new TaskDefinitionState(
            arn,
            1,
            List.of(new Collector("collector", "adot:v0.49.0", reference, true, false)),
            false,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            List.of()),
        1,
        1,
        List.of(),
        Scheduling.USUAL,
        Optional.empty(),
        false,
        List.of(),
        ServiceState.Owner.OTHER_CONTROLLER,
        Optional.of(List.of()));
    FleetView.Count count = new FleetView.Count(1, 1, 1, new TreeMap<>(Map.of("aaaaaaaaaaaa", 1)));
    List<ServiceView.SickTask> sick =
        number % 100 == 0 ? List.of(new ServiceView.SickTask("f".repeat(32), NASTY)) : List.of();
    return new ServiceView(state, "pinned", count, sick, 0, true, true);
  }

  private static FleetView fleet(List<ServiceView> services) {
    return new FleetView(
        "/collectors/gateway",
        Optional.empty(),
        Optional.empty(),
        Optional.of(new FleetView.Next("Wait", NASTY)),
        false,
        FleetView.Count.of(services),
        services,
        0,
        List.of(new FleetView.Repair("Hold", "STORM", 1, List.of(), NASTY)),
        List.of(),
        List.of(),
        List.of());
  }

  private static StatusView view(int fleets, int services) {
    FleetView one =
        fleet(IntStream.rangeClosed(1, services).mapToObj(AnswerTest::service).toList());
    return new StatusView(
        NOW, Collections.nCopies(fleets, one), 0, List.of(new StatusView.Failure(NASTY, NASTY)));
  }

  private static StatusRequest as(Format format) {
    return new StatusRequest(Optional.empty(), format, Theme.DARK, false, false);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void fitsWhateverThereIs(Format format) {
    String answer = Answer.to(as(format), view(60, 300));
    assertThat(answer.getBytes(StandardCharsets.UTF_8).length).isLessThan(Answer.MAX_BYTES);
    assertThat(answer).containsPattern("more|moreServices\":[1-9]");
  }

  @Test
  void showsThoseThatNeedALookFirst() {
    FleetView capped = view(1, 300).upTo(1, 25).fleets().getFirst();
    assertThat(capped.services()).hasSize(25).filteredOn(ServiceView::needsLook).hasSize(3);
    assertThat(capped.moreServices()).isEqualTo(275);
    assertThat(capped.total().running()).isEqualTo(300);
    assertThat(capped.services().stream().map(ServiceView::needsLook).toList())
        .startsWith(true, true, true, false)
        .hasSize(25);
  }

  @Test
  void escapesWhateverIsShownAsHtml() {
    String html = StatusHtml.of(view(2, 100), Theme.LIGHT);
    assertThat(html)
        .doesNotContain("<script", "alert('x')", "http://", "https://", "src=", "url(")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;");
  }
}
