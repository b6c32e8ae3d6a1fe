package dev.shepherd.local.command;

import java.io.PrintStream;
import java.util.List;

/** One subcommand of {@code ./shepherd}. */
interface Command {
  /** What {@code --help} prints. */
  String help();

  /**
   * Runs to its end. A person's mistake is an {@link UsageException}.
   *
   * @param arguments what follows the subcommand's name
   * @param out where the one document or text goes; progress goes to {@code System.err}
   * @return 0 good, 1 a finding, violation or failure
   */
  int run(List<String> arguments, PrintStream out) throws Exception;
}
