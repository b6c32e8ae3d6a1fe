package dev.shepherd.functions.status;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.rollout.RolloutState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The status as a tree of text, each fleet a root. */
final class StatusTree {
  private static final int FINDINGS = 10;
  private static final int EXTRAS = 20;
  private static final int LABEL = 11;

  private final boolean color;

  private StatusTree(boolean color) {
    this.color = color;
  }

  /** The tree; {@code color} marks it for a terminal. */
  static String of(StatusView view, boolean color) {
    StatusTree tree = new StatusTree(color);
    StringBuilder text = new StringBuilder();
    text.append("Fleets at ").append(Words.time(view.now())).append("\n");
    if (view.fleets().isEmpty()) {
      text.append("\nNo fleet: no service takes a config, and none is there.\n");
    }
    for (FleetView fleet : view.fleets()) {
      text.append('\n');
      tree.fleet(fleet).draw(text);
    }
    if (view.moreFleets() > 0) {
      text.append("\nand ").append(view.moreFleets()).append(" more fleets\n");
    }
    if (!view.failures().isEmpty()) {
      text.append('\n');
      tree.group(
              "could not be read",
              view.failures(),
              each -> Branch.leaf(Mark.BAD.before(each.subject() + ": " + each.reason(), color)))
          .forEach(each -> each.draw(text));
    }
    return text.toString();
  }

  private Branch fleet(FleetView fleet) {
    List<Branch> parts = new ArrayList<>();
    label("live", Words.live(fleet), parts);
    fleet.candidate().map(ConfigHash::toString).ifPresent(hash -> label("candidate", hash, parts));
    Words.source(fleet).ifPresent(text -> label("source", text, parts));
    label("tasks", Words.tasks(fleet), parts);
    Optional<RolloutState> state = fleet.state();
    if (fleet.paused()) {
      label("paused", Mark.WARN.before("by the tag shepherd:paused", color), parts);
    }
    state
        .flatMap(RolloutState::held)
        .ifPresent(held -> label("held", Mark.BAD.before(Words.held(held), color), parts));
    state
        .flatMap(RolloutState::rejected)
        .ifPresent(refused -> label("refused", Mark.WARN.before(refused.reason(), color), parts));
    fleet.next().ifPresent(next -> label("next", next.decision() + ": " + next.reason(), parts));
    parts.addAll(services(fleet));
    parts.addAll(group(
        "replacing",
        fleet.repairs(),
        each -> Branch.leaf(Mark.of(each).before(Words.repair(each), color))));
    parts.addAll(group(
        "probes and canaries",
        capped(fleet.extras(), EXTRAS),
        extra -> Branch.leaf(Mark.of(extra).before(Words.extra(extra), color))));
    parts.addAll(group(
        "Cloud Map",
        fleet.registries(),
        each -> Branch.leaf(Mark.of(each).before(Words.registry(each), color))));
    parts.addAll(group(
        "quarantined",
        state.map(RolloutState::quarantined).orElse(List.of()),
        each -> Branch.leaf(Mark.BAD.before(Words.quarantined(each), color))));
    parts.addAll(findings(fleet));
    return new Branch(
        Mark.of(fleet).before(fleet.config() + "  " + Words.phase(fleet), color), parts);
  }

  private static void label(String name, String text, List<Branch> parts) {
    parts.add(Branch.leaf(name + " ".repeat(LABEL - name.length()) + text));
  }

  private List<Branch> services(FleetView fleet) {
    int width = fleet.services().stream()
        .mapToInt(each -> each.name().toString().length())
        .max()
        .orElse(0);
    List<Branch> lines = new ArrayList<>();
    fleet.services().forEach(service -> lines.add(service(service, fleet, width)));
    if (fleet.moreServices() > 0) {
      lines.add(Branch.leaf("and " + fleet.moreServices() + " more"));
    }
    return group("services", lines, line -> line);
  }

  private Branch service(ServiceView service, FleetView fleet, int width) {
    String name = service.name().toString();
    List<Branch> parts = new ArrayList<>();
    ServiceWords.notes(service).forEach(note -> parts.add(Branch.leaf(note)));
    ServiceWords.sick(service)
        .forEach(sick -> parts.add(Branch.leaf(Mark.BAD.before(sick, color))));
    String configs = Words.configs(service.count().byConfig(), fleet);
    return new Branch(
        Mark.of(service)
            .before(
                name + " ".repeat(width - name.length()) + "  " + service.pattern() + "  "
                    + ServiceWords.revision(service.service()) + "  " + Words.count(service.count())
                    + (configs.isEmpty() ? "" : "; " + configs),
                color),
        parts);
  }

  private static List<Branch> findings(FleetView fleet) {
    List<Branch> lines = new ArrayList<>();
    fleet.findings().stream()
        .limit(FINDINGS)
        .forEach(each -> lines.add(Branch.leaf(Words.finding(each))));
    if (fleet.findings().size() > FINDINGS) {
      lines.add(Branch.leaf("and " + (fleet.findings().size() - FINDINGS) + " more"));
    }
    return lines.isEmpty() ? List.of() : List.of(new Branch("findings", lines));
  }

  private static <T> List<T> capped(List<T> all, int most) {
    return all.subList(0, Math.min(most, all.size()));
  }

  private <T> List<Branch> group(String name, List<T> items, Function<T, Branch> branch) {
    return items.isEmpty()
        ? List.of()
        : List.of(new Branch(name, items.stream().map(branch).toList()));
  }
}
