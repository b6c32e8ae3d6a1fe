package dev.shepherd.local.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** An empty account of something that says it is AWS, behind the real SDK's clients. */
interface Side {
  /** An answer as it goes over the wire. */
  record Raw(int status, JsonNode body) {}

  EcsClient ecs();

  SsmClient ssm();

  ServiceDiscoveryClient cloudMap();

  EventBridgeClient events();

  /** One call in AWS JSON; {@code target} is {@code AmazonSSM.GetParameter}. */
  Raw raw(String target, String body);

  /** Lets things happen that take AWS this long. */
  void pass(Duration time);

  /** From now on what passes over the default bus is heard. */
  void listen();

  /** The events that were heard, as a rule's target gets them. */
  List<JsonNode> heard();

  /** From now on AWS's rates bind. */
  void bindRates();

  /** Subnets and a security group that tasks may use. */
  NetworkConfiguration network();
}
