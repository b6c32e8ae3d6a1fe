package dev.shepherd.local.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.Ecs;
import dev.shepherd.local.world.WorldHost;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The one operation of EC2 that is answered: the private addresses of container instances. EC2
 * speaks a <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html">query
 * protocol</a>: a form that is answered in XML; behind it stands JSON as for all others.
 */
final class Ec2Api {
  static final String TARGET = "AmazonEC2.";
  private static final String ACTION = "Action=";

  private final Ecs ecs;

  private Ec2Api(Ecs ecs) {
    this.ecs = ecs;
  }

  static Operations over(Ecs ecs) {
    return new Operations().raw("DescribeInstances", new Ec2Api(ecs)::describe);
  }

  private ObjectNode describe(ObjectNode request) {
    if (!request.path("Filter.1.Name").asText().equals("instance-id")) {
      throw AwsFailure.refused("InvalidParameterValue", "Only the filter instance-id is answered.");
    }
    Set<String> wanted = new TreeSet<>();
    request.properties().stream()
        .filter(member -> member.getKey().startsWith("Filter.1.Value."))
        .forEach(member -> wanted.add(member.getValue().asText()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode instances = answer.putArray("instances");
    hosts()
        .filter(host -> wanted.contains(host.instance().ec2InstanceId()))
        .forEach(host -> instances
            .addObject()
            .put("instanceId", host.instance().ec2InstanceId())
            .put("privateIpAddress", host.address()));
    return answer;
  }

  private Stream<WorldHost> hosts() {
    return ecs.clusters().values().stream().flatMap(cluster -> cluster.hosts().values().stream());
  }

  /** The operation that a form asks for, as a target; empty when it is no such form. */
  static Optional<String> target(byte[] body) {
    return Stream.of(new String(body, StandardCharsets.UTF_8).split("&", -1))
        .filter(pair -> pair.startsWith(ACTION))
        .map(pair -> TARGET + pair.substring(ACTION.length()))
        .findFirst();
  }

  /** The form as JSON. */
  static byte[] json(byte[] body) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      json.put(
          pair.substring(0, Math.max(0, equals)),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return AwsJson.bytes(json);
  }

  /** An answer as EC2 sends it; none of the values needs an escape but a refusal's words. */
  static byte[] xml(AwsFace.Answer answer) {
    StringBuilder xml = new StringBuilder();
    if (answer.status() == 200) {
      xml.append("<DescribeInstancesResponse><reservationSet><item><instancesSet>");
      for (JsonNode instance : answer.body().path("instances")) {
        xml.append("<item>");
        instance
            .properties()
            .forEach(member -> element(xml, member.getKey(), member.getValue().asText()));
        xml.append("</item>");
      }
      xml.append("</instancesSet></item></reservationSet></DescribeInstancesResponse>");
    } else {
      xml.append("<Response><Errors><Error>");
      element(xml, "Code", answer.body().path("__type").asText());
      element(xml, "Message", answer.body().path("message").asText());
      xml.append("</Error></Errors></Response>");
    }
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void element(StringBuilder xml, String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    xml.append('<').append(name).append('>').append(escaped);
    xml.append("</").append(name).append('>');
  }
}
