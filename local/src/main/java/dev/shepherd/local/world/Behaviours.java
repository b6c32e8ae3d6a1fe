package dev.shepherd.local.world;

import java.util.HashMap;
import java.util.Map;

/** How containers behave by the texts that they read at their start; unless said, all is well. */
final class Behaviours {
  private static final Behaviour OK = new Behaviour.Ok();

  private final Map<String, Behaviour> byText = new HashMap<>();

  void set(String text, Behaviour behaviour) {
    byText.put(text, behaviour);
  }

  boolean areBad(WorldContainer container) {
    return !(of(container) instanceof Behaviour.Ok);
  }

  Behaviour of(WorldContainer container) {
    for (String text : container.secrets().values()) {
      Behaviour behaviour = byText.get(text);
      if (behaviour != null) {
        return behaviour;
      }
    }
    return OK;
  }
}
