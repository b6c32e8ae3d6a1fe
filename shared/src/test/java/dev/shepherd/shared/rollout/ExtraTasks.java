package dev.shepherd.shared.rollout;

import static dev.shepherd.shared.rollout.Fleets.H2;
import static dev.shepherd.shared.rollout.Fleets.minutesBefore;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.fleet.ContainerState;
import dev.shepherd.shared.fleet.ContainerState.Health;
import dev.shepherd.shared.fleet.TaskState;
import dev.shepherd.shared.rollout.ExtraTask.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Extra tasks, which started four minutes ago. */
final class ExtraTasks {
  private ExtraTasks() {}

  /** An extra task on a config that started some minutes ago. */
  static ExtraTask extra(Kind kind, String service, ConfigHash config, String id, Health health) {
    return extra(kind, service, config, id, Optional.of(health), Optional.empty());
  }

  /** One of V2 that is well. */
  static ExtraTask probe(String service) {
    return extra(Kind.PROBE, service, H2, "p-" + service, Health.HEALTHY);
  }

  /** One of V2 that is well. */
  static ExtraTask canary(String service, int number) {
    return extra(Kind.CANARY, service, H2, "c-" + service + number, Health.HEALTHY);
  }

  static ExtraTask pending(ExtraTask extra) {
    return extra(
        extra.kind(),
        extra.service().service(),
        extra.config(),
        extra.task().id(),
        Optional.empty(),
        Optional.empty());
  }

  static ExtraTask startedAgo(int minutes, ExtraTask extra) {
    TaskState old = extra.task();
    TaskState task = new TaskState(
        old.id(),
        old.taskDefinition(),
        old.deployment(),
        old.running(),
        Optional.of(minutesBefore(minutes)),
        old.stop(),
        old.place(),
        old.containers());
    return new ExtraTask(extra.kind(), extra.service(), extra.config(), extra.draining(), task);
  }

  static ExtraTask draining(ExtraTask extra) {
    return new ExtraTask(extra.kind(), extra.service(), extra.config(), true, extra.task());
  }

  /** It ended some minutes ago; started before that, unless it never was. */
  static ExtraTask ended(ExtraTask extra, String code, String reason, int minutesAgo) {
    return extra(
        extra.kind(),
        extra.service().service(),
        extra.config(),
        extra.task().id(),
        Optional.<Health>empty().filter(_ -> extra.task().running()),
        Optional.of(new TaskState.Stop(code, reason, minutesBefore(minutesAgo))));
  }

  /** Its collector exited by itself with 1, and ended it. */
  static ExtraTask crashed(ExtraTask extra, int minutesAgo) {
    return ended(extra, "EssentialContainerExited", "Essential container exited", minutesAgo);
  }

  private static ExtraTask extra(
      Kind kind,
      String service,
      ConfigHash config,
      String id,
      Optional<Health> health,
      Optional<TaskState.Stop> stop) {
    boolean exited =
        stop.filter(end -> end.code().equals("EssentialContainerExited")).isPresent();
    ContainerState collector = new ContainerState(
        "collector",
        health.isPresent(),
        health.orElse(Health.UNKNOWN),
        Optional.empty(),
        exited ? Optional.of(1) : Optional.empty(),
        Optional.empty());
    boolean neverStarted = health.isEmpty() && !exited;
    TaskState task = new TaskState(
        id,
        Fleets.arn(service + "-shepherd-" + kind.name().toLowerCase(Locale.ROOT), 1),
        "shepherd",
        health.isPresent(),
        neverStarted ? Optional.empty() : Optional.of(minutesBefore(4)),
        stop,
        TaskState.Place.UNKNOWN,
        List.of(collector));
    return new ExtraTask(kind, Services.name(service), config, false, task);
  }
}
