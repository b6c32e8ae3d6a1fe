@NullMarked
package dev.shepherd.local.protocol;

import org.jspecify.annotations.NullMarked;
