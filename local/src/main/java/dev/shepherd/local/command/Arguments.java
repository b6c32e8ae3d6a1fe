package dev.shepherd.local.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A subcommand's arguments, sorted: {@code --name value} or {@code --name=value}, flags, and the
 * rest. {@code --} ends the options.
 */
record Arguments(Map<String, String> values, Set<String> flags, List<String> rest) {
  Arguments {
    values = Map.copyOf(values);
    flags = Set.copyOf(flags);
    rest = List.copyOf(rest);
  }

  /** Sorts them; throws {@link UsageException} for an option that is in neither set. */
  static Arguments parse(List<String> arguments, Set<String> valueNames, Set<String> flagNames) {
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String name = argument.split("=", 2)[0];
      if (argument.equals("--")) {
        rest.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      } else if (!argument.startsWith("--")) {
        rest.add(argument);
      } else if (flagNames.contains(argument)) {
        flags.add(argument);
      } else if (!valueNames.contains(name)) {
        throw new UsageException("there is no option " + name + "; --help lists them");
      } else if (argument.contains("=")) {
        values.put(name, argument.substring(name.length() + 1));
      } else if (i + 1 < arguments.size()) {
        values.put(name, arguments.get(++i));
      } else {
        throw new UsageException("option " + name + " needs a value");
      }
    }
    return new Arguments(values, flags, rest);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }
}
