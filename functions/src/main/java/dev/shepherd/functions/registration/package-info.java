/** The RegistrationSync function: the only writer of Cloud Map. */
@NullMarked
package dev.shepherd.functions.registration;

import org.jspecify.annotations.NullMarked;
