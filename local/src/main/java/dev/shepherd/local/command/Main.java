package dev.shepherd.local.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where {@code ./shepherd} ends up: one class for each subcommand, and their exit codes. */
public final class Main {
  private static final int USAGE = 2;

  private Main() {}

  static Map<String, Command> commands() {
    return new TreeMap<>(Map.of(
        "bench",
        new BenchCommand(),
        "demo",
        new DemoCommand(),
        "invoke",
        new InvokeCommand(),
        "local",
        new LocalCommand(),
        "simulate",
        new SimulateCommand(),
        "status",
        new StatusCommand(),
        "validate",
        new ValidateCommand()));
  }

  public static void main(String[] arguments) throws Exception {
    int exit = run(List.of(arguments), System.out, System.err);
    System.out.flush();
    System.exit(exit);
  }

  /** Exit code 0 good, 1 a finding or failure, 2 usage or unreadable input with one line. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
    Map<String, Command> commands = commands();
    Command command = arguments.isEmpty() ? null : commands.get(arguments.getFirst());
    if (command == null) {
      err.println("shepherd: name a command: " + String.join(", ", commands.keySet()));
      return USAGE;
    }
    List<String> rest = arguments.subList(1, arguments.size());
    if (rest.contains("--help") || rest.contains("-h")) {
      out.print(help(arguments.getFirst()));
      return 0;
    }
    try {
      return command.run(rest, out);
    } catch (UsageException mistake) {
      err.println("shepherd " + arguments.getFirst() + ": " + mistake.getMessage());
      return USAGE;
    }
  }

  /** The same file that {@code ./shepherd NAME --help} prints before anything is built. */
  private static String help(String command) throws IOException {
    try (InputStream file = Main.class.getResourceAsStream("help/" + command + ".txt")) {
      return new String(
          Optional.ofNullable(file).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
