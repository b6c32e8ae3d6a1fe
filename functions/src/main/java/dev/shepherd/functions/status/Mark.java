package dev.shepherd.functions.status;

import dev.shepherd.shared.rollout.ExtraTask;

/** How well something is, in one sign; its name is also its class in HTML. */
enum Mark {
  GOOD("✔", 32),
  BUSY("◌", 34),
  WARN("⚠", 33),
  BAD("✖", 31),
  NONE("", 0);

  private final String sign;
  private final int color;

  Mark(String sign, int color) {
    this.sign = sign;
    this.color = color;
  }

  String sign() {
    return sign;
  }

  /** The lower, the sooner a person should look. */
  int urgency() {
    return switch (this) {
      case BAD -> 0;
      case BUSY -> 1;
      case WARN -> 2;
      case GOOD, NONE -> 3;
    };
  }

  /** A text with the sign before it. */
  String before(String text, boolean colored) {
    if (this == NONE) {
      return text;
    }
    return (colored ? "\u001b[" + color + "m" + sign + "\u001b[0m" : sign) + " " + text;
  }

  static Mark of(FleetView fleet) {
    if (fleet.isHeld() || fleet.services().stream().anyMatch(each -> of(each) == BAD)) {
      return BAD;
    }
    boolean stopped = fleet.paused() || fleet.isRejected() || fleet.source().isEmpty();
    if (stopped || fleet.isQuiet()) {
      return stopped ? WARN : GOOD;
    }
    return fleet.phase().equals("idle") && fleet.total().isWell() ? WARN : BUSY;
  }

  static Mark of(ServiceView service) {
    if (!service.sick().isEmpty() || service.hasFailed() || !service.whole()) {
      return BAD;
    }
    if (service.isDeploying() || !service.count().isWell()) {
      return BUSY;
    }
    return service.isOnLive() ? GOOD : WARN;
  }

  static Mark of(FleetView.Repair repair) {
    return repair.decision().equals("Hold") ? BAD : BUSY;
  }

  static Mark of(ExtraTask extra) {
    return extra.task().running() ? GOOD : BUSY;
  }

  static Mark of(RegistryView registry) {
    return registry.isExact() ? GOOD : WARN;
  }
}
