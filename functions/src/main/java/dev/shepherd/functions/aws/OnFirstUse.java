package dev.shepherd.functions.aws;

import java.util.Optional;
import java.util.function.Supplier;

/** Makes a thing when it is first asked for, and keeps it: a client that most runs do not need. */
public final class OnFirstUse<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private Optional<T> made = Optional.empty();

  public OnFirstUse(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T thing = made.orElseGet(maker);
    made = Optional.of(thing);
    return thing;
  }
}
