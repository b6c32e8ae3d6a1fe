@NullMarked
package dev.shepherd.shared.registration;

import org.jspecify.annotations.NullMarked;
