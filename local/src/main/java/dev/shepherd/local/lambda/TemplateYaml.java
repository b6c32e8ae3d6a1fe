package dev.shepherd.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A CloudFormation template's YAML as JSON: the short form {@code !Ref X} becomes the long one
 * {@code {"Ref": "X"}}, as <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html">CloudFormation
 * itself reads it</a>.
 */
final class TemplateYaml {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TemplateYaml() {}

  static JsonNode parse(String text) {
    Node root = new Compose(LoadSettings.builder().build())
        .composeString(text)
        .orElseThrow(() -> new IllegalArgumentException("the template is empty"));
    return json(root);
  }

  private static JsonNode json(Node node) {
    String tag = node.getTag().getValue();
    JsonNode value = switch (node) {
      case MappingNode mapping -> object(mapping);
      case SequenceNode sequence -> array(sequence);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("unknown YAML node " + node.getNodeType());
    };
    return tag.startsWith("!") ? longForm(tag.substring(1), value) : value;
  }

  private static JsonNode longForm(String function, JsonNode value) {
    return switch (function) {
      case "Ref", "Condition" -> JSON.objectNode().set(function, value);
      case "GetAtt" -> JSON.objectNode().set("Fn::GetAtt", parts(value));
      default -> JSON.objectNode().set("Fn::" + function, value);
    };
  }

  /** {@code !GetAtt Queue.Arn} and {@code !GetAtt [Queue, Arn]} mean the same. */
  private static JsonNode parts(JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    ArrayNode parts = JSON.arrayNode();
    for (String part : value.textValue().split("\\.", 2)) {
      parts.add(part);
    }
    return parts;
  }

  private static ObjectNode object(MappingNode mapping) {
    ObjectNode object = JSON.objectNode();
    mapping
        .getValue()
        .forEach(pair ->
            object.set(((ScalarNode) pair.getKeyNode()).getValue(), json(pair.getValueNode())));
    return object;
  }

  private static ArrayNode array(SequenceNode sequence) {
    ArrayNode array = JSON.arrayNode();
    sequence.getValue().forEach(item -> array.add(json(item)));
    return array;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return JSON.numberNode(new BigDecimal(text));
    }
    return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(text);
  }
}
