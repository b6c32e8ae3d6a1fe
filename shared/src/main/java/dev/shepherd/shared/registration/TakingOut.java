package dev.shepherd.shared.registration;

import dev.shepherd.shared.registration.RegistrationDecision.Deregister;
import dev.shepherd.shared.registration.RegistrationDecision.Guard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Which of the stale instances go now: as many as the limit allows, in the order of their causes,
 * and, while a service has a running task, neither the last instance nor the last healthy one.
 * Foreign instances, and those that Cloud Map works on, do not count as ones that stay.
 */
final class TakingOut {
  private final boolean serves;
  private int allowed;
  private int staying;
  private int healthy;

  TakingOut(RegistrationSnapshot seen, RegistrationLimits limits) {
    serves = seen.serves();
    allowed = limits.deregistrations(seen.instances().size() + seen.takenOut()) - seen.takenOut();
    for (Instance instance : seen.instances()) {
      if (instance.owner(seen.clusters()) != Instance.Owner.FOREIGN
          && !seen.underWay().contains(instance.id())) {
        staying++;
        healthy += instance.mayServe() ? 1 : 0;
      }
    }
  }

  List<Deregister> of(List<Stale> stale, BiConsumer<Guard, String> leave) {
    List<Deregister> out = new ArrayList<>();
    stale.stream().sorted(Comparator.comparing(Stale::cause)).forEach(each -> {
      int healthyAfter = healthy - (each.instance().mayServe() ? 1 : 0);
      boolean last = staying == 1 || (healthy > 0 && healthyAfter == 0);
      if (serves && last) {
        leave.accept(Guard.LAST, each.id());
      } else if (allowed <= 0) {
        leave.accept(Guard.TOO_MANY, each.id());
      } else {
        allowed--;
        staying--;
        healthy = healthyAfter;
        out.add(new Deregister(each.id(), each.cause().reason()));
      }
    });
    return out;
  }
}
