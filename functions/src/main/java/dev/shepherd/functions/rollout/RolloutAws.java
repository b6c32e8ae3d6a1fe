package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.EcsReads;
import dev.shepherd.functions.aws.Parameters;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;

/**
 * Every AWS call that ConfigRollout may make, one method each; {@code template.yaml} grants exactly
 * these, and a test compares the two.
 */
public interface RolloutAws extends EcsReads, Parameters.Calls, DomainEvents.Calls {
  /** {@code ecs:ListTaskDefinitions}. */
  ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request);

  /** {@code ecs:RegisterTaskDefinition}. */
  RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest request);

  /** {@code ecs:DeregisterTaskDefinition}. */
  DeregisterTaskDefinitionResponse deregisterTaskDefinition(
      DeregisterTaskDefinitionRequest request);

  /** {@code ecs:UpdateService}. */
  UpdateServiceResponse updateService(UpdateServiceRequest request);

  /** {@code ssm:DeleteParameter}, of snapshots alone. */
  DeleteParameterResponse deleteParameter(DeleteParameterRequest request);
}
