/** One class per subcommand of {@code ./shepherd}. */
@NullMarked
package dev.shepherd.local.command;

import org.jspecify.annotations.NullMarked;
