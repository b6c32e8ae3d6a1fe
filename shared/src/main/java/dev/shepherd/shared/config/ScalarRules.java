package dev.shepherd.shared.config;

import dev.shepherd.shared.config.ConfigNode.ScalarNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a scalar fits the type that stands at its place. */
final class ScalarRules {
  /** Go types whose texts stand for whole numbers, which do as well. */
  private static final Set<String> NUMERIC =
      Set.of("configtelemetry.Level", "zapcore.Level", "helper.ByteSize", "tracking.InitialValue");

  private static final Pattern BYTES = Pattern.compile("[0-9]+(\\.[0-9]*)?\\s*(?i:[kmgtp]i?b)?");
  private static final Pattern SIZE = Pattern.compile("0|([0-9]+(\\.[0-9]+)?([KMGTPE]i?)?B)+");
  private static final Pattern FIELD = Pattern.compile("(body|attributes|resource)([.\\[].*)?");

  private final Catalogue catalogue;
  private final Report report;
  private final KeyRules.Dialect dialect;

  ScalarRules(Catalogue catalogue, Report report, KeyRules.Dialect dialect) {
    this.catalogue = catalogue;
    this.report = report;
    this.dialect = dialect;
  }

  void check(ScalarNode scalar, Shape shape, String path, Place place) {
    String rule = isId(shape, scalar) ? "bad-id" : dialect.prefix + "type-mismatch";
    problem(scalar, shape).ifPresent(message -> report.error(place, rule, path, message));
  }

  private static boolean isId(Shape shape, ScalarNode scalar) {
    return shape.enumeration().equals("component.ID") && scalar.type() == ScalarType.STRING;
  }

  private Optional<String> problem(ScalarNode scalar, Shape shape) {
    ScalarType type = scalar.type();
    return switch (shape.kind()) {
      case ANY -> Optional.empty();
      case STRING ->
        unless(
            type == ScalarType.STRING
                || scalar.expanded()
                || dialect == KeyRules.Dialect.PROMETHEUS,
            shape);
      case BOOL -> unless(type == ScalarType.BOOL, shape);
      case INT, FLOAT -> unless(isNumber(type), shape);
      case UINT ->
        isNumber(type)
            ? unless(!scalar.text().startsWith("-") || isZero(scalar), shape)
            : unless(false, shape);
      case DURATION ->
        unless(
            isNumber(type)
                || (type == ScalarType.STRING
                    && GoScalars.duration(scalar.text()).isPresent()),
            shape);
      case PROMDURATION -> unless(GoScalars.prometheusDuration(scalar.text()).isPresent(), shape);
      case TEXT -> text(scalar, shape);
      case MAP ->
        unless(
            type == ScalarType.STRING
                && (shape.is("strings")
                    || (shape.is("text") && catalogue.accepts("request.Sizer", scalar.text()))),
            shape);
      case LIST -> unless(shape.is("comma") && type == ScalarType.STRING, shape);
      case PROMETHEUS -> unless(false, shape);
    };
  }

  private Optional<String> text(ScalarNode scalar, Shape shape) {
    if (shape.enumeration().equals("units.Base2Bytes")) {
      return unless(SIZE.matcher(scalar.text()).matches(), shape);
    }
    if (scalar.type() != ScalarType.STRING) {
      boolean number = scalar.type() == ScalarType.INT && NUMERIC.contains(shape.enumeration());
      return unless(number || scalar.expanded(), shape);
    }
    if (shape.enumeration().equals("entry.Field")) {
      return unless(FIELD.matcher(scalar.text()).matches(), shape);
    }
    if (shape.enumeration().equals("helper.ByteSize")) {
      return unless(BYTES.matcher(scalar.text()).matches(), shape);
    }
    if (shape.enumeration().equals("component.ID")) {
      return ComponentId.problem(scalar.text());
    }
    return unless(catalogue.accepts(shape.enumeration(), scalar.text()), shape)
        .map(message -> words(shape).orElse(message));
  }

  private Optional<String> words(Shape shape) {
    Set<String> legal = catalogue.legal(shape.enumeration());
    return legal.isEmpty()
        ? Optional.empty()
        : Optional.of("Write one of: " + String.join(", ", legal) + ".");
  }

  private static boolean isNumber(ScalarType type) {
    return type == ScalarType.INT || type == ScalarType.FLOAT;
  }

  private static boolean isZero(ScalarNode scalar) {
    return GoScalars.number(scalar.text()).filter(value -> value.signum() == 0).isPresent();
  }

  private static Optional<String> unless(boolean fits, Shape shape) {
    return fits ? Optional.empty() : Optional.of("Write " + name(shape) + " here.");
  }

  /** What a shape asks for, in words. */
  static String name(Shape shape) {
    return switch (shape.kind()) {
      case MAP -> shape.is("text") ? "one of requests, items, bytes" : "a mapping";
      case PROMETHEUS -> "a mapping";
      case LIST -> "a list";
      case STRING -> "a text (in quotes if it looks like a number, a date or a boolean)";
      case BOOL -> "true or false";
      case INT, FLOAT -> "a number";
      case UINT -> "a number that is not negative";
      case DURATION -> "a duration with its unit (ns, us, ms, s, m, h), such as 10s,";
      case PROMDURATION -> "a duration with its unit (ms, s, m, h, d, w, y), such as 15s,";
      case TEXT -> shape.enumeration().equals("component.ID") ? "a component's id" : "a legal word";
      case ANY -> "anything";
    };
  }
}
