package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The AWS JSON face over one world: takes an {@code X-Amz-Target} and a body, answers as AWS would,
 * and counts the attempts. Not for two threads at once.
 */
public final class AwsFace {
  /** An HTTP answer in AWS JSON. */
  public record Answer(int status, ObjectNode body) {}

  private record Service(String name, Operations operations) {}

  private static final Set<String> THROTTLED =
      Set.of("ThrottlingException", "RequestLimitExceeded");

  private final Map<String, Service> services;
  private final List<CallHook> hooks = new ArrayList<>();
  private final TreeMap<String, Integer> calls = new TreeMap<>();
  private int throttled;
  private BiFunction<String, ObjectNode, ObjectNode> rewriting = (operation, answer) -> answer;

  public AwsFace(World world) {
    services = Map.of(
        "AmazonEC2ContainerServiceV20141113",
        new Service("ecs", EcsApi.over(world)),
        "AmazonSSM",
        new Service("ssm", SsmApi.over(world.parameters())),
        "Route53AutoNaming_v20170314",
        new Service("servicediscovery", ServiceDiscoveryApi.over(world.cloudMap())),
        "AmazonEC2",
        new Service("ec2", Ec2Api.over(world.ecs())),
        "AWSEvents",
        new Service("events", EventsApi.over(world.events())),
        "GraniteServiceVersion20100801",
        new Service("cloudwatch", AlarmsApi.over(world.alarms())));
  }

  /** Lets every later call pass this hook, in the order in which hooks were added. */
  public AwsFace hook(CallHook hook) {
    hooks.add(hook);
    return this;
  }

  /**
   * Changes raw answers before they leave, for tests of what a newer AWS might say. The function is
   * given {@code ecs:DescribeTaskDefinition} and the answer, which it may change or replace.
   */
  public void rewrite(BiFunction<String, ObjectNode, ObjectNode> rewriting) {
    this.rewriting = rewriting;
  }

  /** Attempts so far by {@code service:Operation}, refused ones included. */
  public SortedMap<String, Integer> calls() {
    return Collections.unmodifiableSortedMap(calls);
  }

  /** How many of them were throttled. */
  public int throttled() {
    return throttled;
  }

  /** Answers one call; what AWS would refuse is an answer too. */
  public Answer call(String target, byte[] body) {
    try {
      return new Answer(200, answer(target, body));
    } catch (AwsFailure failure) {
      throttled += THROTTLED.contains(failure.code()) ? 1 : 0;
      ObjectNode error = failure.members().deepCopy();
      error.put("__type", failure.code()).put("message", failure.getMessage());
      return new Answer(failure.status(), error);
    }
  }

  private ObjectNode answer(String target, byte[] body) {
    int dot = target.indexOf('.');
    Service service = services.get(dot < 0 ? "" : target.substring(0, dot));
    if (service == null) {
      throw AwsFailure.refused("UnknownOperationException", "No service answers to " + target);
    }
    String name = target.substring(dot + 1);
    String operation = service.name + ":" + name;
    calls.merge(operation, 1, Integer::sum);
    ObjectNode request = AwsJson.parse(body);
    try {
      hooks.forEach(hook -> hook.before(operation, request));
      ObjectNode answer = service.operations.call(name, request);
      hooks.forEach(hook -> hook.after(operation, request));
      ObjectNode told = rewriting.apply(operation, answer);
      hooks.forEach(hook -> hook.answered(operation, request, told));
      return told;
    } finally {
      hooks.forEach(CallHook::ended);
    }
  }
}
