package dev.shepherd.local.command;

import java.io.PrintStream;
import java.util.List;

/**
 * One subcommand of {@code ./shepherd}; {@code help/NAME.txt} is what its {@code --help} prints.
 */
interface Command {
  /**
   * Runs to its end. A person's mistake is an {@link UsageException}.
   *
   * @param arguments what follows the subcommand's name
   * @param out where the one document or text goes; progress goes to {@code System.err}
   * @return 0 good, 1 a finding, violation or failure
   */
  int run(List<String> arguments, PrintStream out) throws Exception;
}
