@NullMarked
package dev.shepherd.local.lambda;

import org.jspecify.annotations.NullMarked;
