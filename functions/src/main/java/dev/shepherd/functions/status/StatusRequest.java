package dev.shepherd.functions.status;

import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * What FleetStatus is asked: {@code {"fleet": "gateway", "format": "json|text|html", "color":
 * true}}, every member optional. A CloudWatch dashboard's <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html">custom
 * widget</a> adds {@code widgetContext}, and is answered in HTML; with {@code describe} it asks for
 * the parameters that it may give.
 *
 * @param fleet the only one that is wanted
 * @param color whether text is coloured, for a terminal
 */
record StatusRequest(
    Optional<FleetName> fleet, Format format, Theme theme, boolean color, boolean describe) {
  /** How it is answered. */
  enum Format {
    JSON,
    TEXT,
    HTML
  }

  /** Of the page that the HTML stands in. */
  enum Theme {
    LIGHT,
    DARK,
    /** As the reader's own system has it. */
    AUTO
  }

  /**
   * Reads it; an empty text asks for everything.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static StatusRequest read(byte[] event, ParameterNames names) {
    String text = new String(event, StandardCharsets.UTF_8).strip();
    JsonNode json = parse(text.isEmpty() ? "{}" : text);
    Optional<JsonNode> widget = member(json, "widgetContext");
    Theme theme = widget
        .map(context -> member(context, "theme")
            .filter(name -> name.isString() && name.asString().equals("dark"))
            .map(_ -> Theme.DARK)
            .orElse(Theme.LIGHT))
        .orElse(Theme.AUTO);
    Format format = string(json, "format")
        .map(StatusRequest::format)
        .orElse(widget.isPresent() ? Format.HTML : Format.JSON);
    return new StatusRequest(
        string(json, "fleet").map(name -> fleet(name, names)),
        format,
        theme,
        flag(json, "color"),
        flag(json, "describe"));
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode json = JsonNode.parser().parse(text);
      if (json.isObject()) {
        return json;
      }
    } catch (RuntimeException _) {
      // The parser has its own; it is said below.
    }
    throw new IllegalArgumentException(
        "the event must be a JSON object like {\"fleet\": \"gateway\", \"format\": \"text\"}");
  }

  private static Format format(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "json" -> Format.JSON;
      case "text" -> Format.TEXT;
      case "html" -> Format.HTML;
      default -> throw new IllegalArgumentException("format is one of json, text, html");
    };
  }

  /** By its name, or by its parameter's. */
  private static FleetName fleet(String name, ParameterNames names) {
    return names
        .fleetOfSource(name)
        .or(() -> names.fleetOfSource(names.configPrefix() + name))
        .orElseThrow(
            () -> new IllegalArgumentException("fleet is a name like gateway, or its parameter's, "
                + names.configPrefix() + "gateway"));
  }

  /** A widget gives a parameter that was left empty as an empty string. */
  private static Optional<String> string(JsonNode json, String name) {
    return member(json, name)
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static boolean flag(JsonNode json, String name) {
    return member(json, name)
        .filter(JsonNode::isBoolean)
        .filter(JsonNode::asBoolean)
        .isPresent();
  }

  private static Optional<JsonNode> member(JsonNode json, String name) {
    return json.isObject()
        ? Optional.ofNullable(json.asObject().get(name)).filter(value -> !value.isNull())
        : Optional.empty();
  }
}
