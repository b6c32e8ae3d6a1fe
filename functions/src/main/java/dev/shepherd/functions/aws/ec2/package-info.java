/** The one call of EC2 that Shepherd makes, without EC2's client. */
@NullMarked
package dev.shepherd.functions.aws.ec2;

import org.jspecify.annotations.NullMarked;
