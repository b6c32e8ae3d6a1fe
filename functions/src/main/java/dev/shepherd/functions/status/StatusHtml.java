package dev.shepherd.functions.status;

import dev.shepherd.shared.rollout.RolloutState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The status as a piece of HTML that needs nothing else: for a dashboard's widget, which <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html">runs
 * no JavaScript</a>, and for the local page. Everything that was read is escaped.
 */
final class StatusHtml {
  private static final int FINDINGS = 10;
  private static final int EXTRAS = 20;
  private static final String STYLE = style();

  private final StringBuilder html = new StringBuilder();

  private StatusHtml() {}

  static String of(StatusView view, StatusRequest.Theme theme) {
    StatusHtml page = new StatusHtml();
    page.html.append("<style>").append(STYLE).append("</style>");
    page.html.append("<div class=\"cwdb-no-default-styles\"></div><div class=\"shepherd ");
    page.html.append(theme.name().toLowerCase(Locale.ROOT)).append("\">");
    view.failures()
        .forEach(each ->
            page.note(Mark.BAD, "Could not be read", each.subject() + ": " + each.reason()));
    if (view.fleets().isEmpty()) {
      page.tag("p", "quiet", "No fleet: no service takes a config, and none is there.");
    }
    view.fleets().forEach(page::fleet);
    if (view.moreFleets() > 0) {
      page.tag("p", "quiet", "and " + view.moreFleets() + " more fleets");
    }
    page.tag("p", "quiet", "As of " + Words.time(view.now()));
    return page.html.append("</div>").toString();
  }

  private void fleet(FleetView fleet) {
    html.append("<section><header>");
    tag("span", "mark " + name(Mark.of(fleet)), Mark.of(fleet).sign());
    tag("h2", "", fleet.config());
    tag("span", "phase " + name(Mark.of(fleet)), Words.phase(fleet));
    html.append("</header>");
    fleet.next().ifPresent(next -> note(Mark.NONE, next.decision(), next.reason()));
    Optional<RolloutState> state = fleet.state();
    if (fleet.paused()) {
      note(Mark.WARN, "Paused", "by the tag shepherd:paused");
    }
    state.flatMap(RolloutState::held).ifPresent(held -> note(Mark.BAD, "Held", Words.held(held)));
    state
        .flatMap(RolloutState::rejected)
        .ifPresent(refused -> note(Mark.WARN, "Refused", refused.reason()));
    fleet.repairs().forEach(each -> note(Mark.of(each), "Replacing", Words.repair(each)));
    facts(fleet);
    services(fleet);
    fleet.extras().stream()
        .limit(EXTRAS)
        .forEach(extra -> note(Mark.of(extra), "Beside the services", Words.extra(extra)));
    fleet.registries().forEach(each -> note(Mark.of(each), "Cloud Map", Words.registry(each)));
    state
        .map(RolloutState::quarantined)
        .orElse(List.of())
        .forEach(each -> note(Mark.BAD, "Quarantined", Words.quarantined(each)));
    fleet.findings().stream()
        .limit(FINDINGS)
        .forEach(each -> note(Mark.NONE, "Finding", Words.finding(each)));
    if (fleet.findings().size() > FINDINGS) {
      tag("p", "quiet", "and " + (fleet.findings().size() - FINDINGS) + " more findings");
    }
    html.append("</section>");
  }

  private void facts(FleetView fleet) {
    html.append("<dl>");
    fact("live", Words.live(fleet));
    fleet.candidate().ifPresent(hash -> fact("candidate", hash.toString()));
    Words.source(fleet).ifPresent(text -> fact("source", text));
    fact("tasks", Words.tasks(fleet));
    html.append("</dl>");
    if (fleet.services().size() > 1) {
      bar(fleet.total(), fleet);
    }
  }

  private void fact(String name, String text) {
    tag("dt", "", name);
    tag("dd", "", text);
  }

  private void services(FleetView fleet) {
    if (fleet.services().isEmpty()) {
      tag("p", "quiet", "No service takes this config.");
      return;
    }
    html.append("<table><tbody>");
    fleet.services().forEach(service -> service(service, fleet));
    html.append("</tbody></table>");
    if (fleet.moreServices() > 0) {
      tag("p", "quiet", "and " + fleet.moreServices() + " more services");
    }
  }

  private void service(ServiceView service, FleetView fleet) {
    html.append("<tr><td>");
    tag("span", "mark " + name(Mark.of(service)), Mark.of(service).sign());
    tag("b", "", service.name().toString());
    tag("span", "quiet", service.pattern() + ", " + ServiceWords.revision(service.service()));
    html.append("</td><td>");
    bar(service.count(), fleet);
    tag("span", "quiet", Words.configs(service.count().byConfig(), fleet));
    ServiceWords.notes(service).forEach(note -> tag("span", "say", note));
    ServiceWords.sick(service).forEach(sick -> tag("span", "say bad", sick));
    html.append("</td>");
    tag("td", service.count().isWell() ? "count" : "count bad", Words.count(service.count()));
    html.append("</tr>");
  }

  /** What the tasks run, as shares of those that should; below it how many are not well. */
  private void bar(FleetView.Count count, FleetView fleet) {
    int whole = Math.max(1, Math.max(count.desired(), count.running()));
    html.append("<span class=\"bar\">");
    for (Map.Entry<String, Integer> each : count.byConfig().entrySet()) {
      boolean live =
          fleet.live().filter(hash -> hash.toString().equals(each.getKey())).isPresent();
      html.append("<i class=\"").append(live ? "live" : "other").append("\" style=\"width:");
      html.append(100 * each.getValue() / whole).append("%\"></i>");
    }
    html.append("</span>");
    if (!count.isWell()) {
      html.append("<span class=\"bar thin\"><i class=\"ill\" style=\"width:");
      html.append(100 * (whole - count.healthy()) / whole).append("%\"></i></span>");
    }
  }

  private void note(Mark mark, String name, String text) {
    html.append("<p class=\"note ").append(name(mark)).append("\">");
    tag("b", "", name);
    tag("span", "", text);
    html.append("</p>");
  }

  private void tag(String tag, String kind, String text) {
    html.append('<').append(tag);
    if (!kind.isEmpty()) {
      html.append(" class=\"").append(kind).append('"');
    }
    html.append('>').append(escaped(text)).append("</").append(tag).append('>');
  }

  private static String name(Mark mark) {
    return mark.name().toLowerCase(Locale.ROOT);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String style() {
    try (InputStream file = StatusHtml.class.getResourceAsStream("status.css")) {
      return new String(
          Optional.ofNullable(file).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("the built classes lack status.css", broken);
    }
  }
}
