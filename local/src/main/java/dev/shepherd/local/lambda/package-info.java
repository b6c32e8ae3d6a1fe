/**
 * What calls the handlers: the template, FIFO queues, the host of the functions and Lambda's
 * runtime API.
 */
@NullMarked
package dev.shepherd.local.lambda;

import org.jspecify.annotations.NullMarked;
