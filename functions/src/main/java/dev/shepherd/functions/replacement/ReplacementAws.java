package dev.shepherd.functions.replacement;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.EcsReads;
import dev.shepherd.functions.aws.Parameters;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;

/**
 * Every AWS call that TaskReplacement may make, one method each; {@code template.yaml} grants
 * exactly these, and a test compares the two.
 */
public interface ReplacementAws extends EcsReads, Parameters.Calls, DomainEvents.Calls {
  /** {@code ecs:StopTask}. */
  StopTaskResponse stopTask(StopTaskRequest request);
}
