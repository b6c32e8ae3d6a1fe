@NullMarked
package dev.shepherd.local.command;

import org.jspecify.annotations.NullMarked;
