@NullMarked
package dev.shepherd.local.iam;

import org.jspecify.annotations.NullMarked;
