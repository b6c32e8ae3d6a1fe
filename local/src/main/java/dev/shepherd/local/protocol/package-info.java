/** The AWS JSON face over the world: what the SDK's clients and the {@code aws} CLI talk to. */
@NullMarked
package dev.shepherd.local.protocol;

import org.jspecify.annotations.NullMarked;
