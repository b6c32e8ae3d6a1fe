@NullMarked
package dev.shepherd.local.world;

import org.jspecify.annotations.NullMarked;
