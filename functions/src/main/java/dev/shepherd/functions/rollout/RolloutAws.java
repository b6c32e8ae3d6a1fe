package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.DomainEvents;
import dev.shepherd.functions.aws.EcsReads;
import dev.shepherd.functions.aws.Parameters;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.GetServiceResponse;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;

/**
 * Every AWS call that ConfigRollout may make, one method each; {@code template.yaml} grants exactly
 * these, and a test compares the two.
 */
public interface RolloutAws extends EcsReads, Parameters.Calls, DomainEvents.Calls {
  /** {@code cloudwatch:DescribeAlarms}. */
  DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request);

  /** {@code ecs:ListTaskDefinitions}. */
  ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request);

  /** {@code ecs:RegisterTaskDefinition}. */
  RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest request);

  /** {@code ecs:DeregisterTaskDefinition}. */
  DeregisterTaskDefinitionResponse deregisterTaskDefinition(
      DeregisterTaskDefinitionRequest request);

  /** {@code ecs:UpdateService}. */
  UpdateServiceResponse updateService(UpdateServiceRequest request);

  /** {@code ecs:RunTask}. */
  RunTaskResponse runTask(RunTaskRequest request);

  /** {@code ecs:StopTask}. */
  StopTaskResponse stopTask(StopTaskRequest request);

  /** {@code ecs:TagResource}. */
  TagResourceResponse tagResource(TagResourceRequest request);

  /** {@code servicediscovery:ListInstances}. */
  ListInstancesResponse listInstances(ListInstancesRequest request);

  /** {@code servicediscovery:GetService}. */
  GetServiceResponse getService(GetServiceRequest request);

  /** {@code ssm:GetParameterHistory}. */
  GetParameterHistoryResponse getParameterHistory(GetParameterHistoryRequest request);

  /** {@code ssm:DeleteParameter}, of snapshots alone. */
  DeleteParameterResponse deleteParameter(DeleteParameterRequest request);
}
