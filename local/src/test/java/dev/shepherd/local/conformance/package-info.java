/**
 * What AWS documents, row by row, against the local world and against <a
 * href="https://docs.getmoto.org/">moto</a>; docs/conformance.md is written from the rows.
 */
@NullMarked
package dev.shepherd.local.conformance;

import org.jspecify.annotations.NullMarked;
