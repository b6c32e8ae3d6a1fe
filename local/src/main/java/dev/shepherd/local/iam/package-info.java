/**
 * What the roles of {@code template.yaml} allow, held against each call of the functions as <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">IAM</a>
 * would.
 */
@NullMarked
package dev.shepherd.local.iam;

import org.jspecify.annotations.NullMarked;
