package dev.shepherd.local.protocol;

import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.ParameterVersion;
import dev.shepherd.local.world.StoredParameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/**
 * The <a href=
 * "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html">filters</a>
 * of DescribeParameters and GetParametersByPath.
 */
final class ParameterFilters {
  static final String USER = "arn:aws:iam::" + Arns.ACCOUNT + ":user/operator";

  private ParameterFilters() {}

  /** All of them must hold. */
  static Predicate<StoredParameter> of(List<ParameterStringFilter> filters) {
    return filters.stream().map(ParameterFilters::of).reduce(Predicate::and).orElse(each -> true);
  }

  /** Of GetParametersByPath, which knows fewer of them, and labels besides. */
  static Predicate<StoredParameter> ofPath(List<ParameterStringFilter> filters) {
    return filters.stream()
        .map(filter -> switch (filter.key()) {
          case "Type", "KeyId" -> of(filter);
          case "Label" -> any(filter, (each, label) -> each.selected(label).isPresent());
          default -> throw unknown(filter.key());
        })
        .reduce(Predicate::and)
        .orElse(each -> true);
  }

  private static AwsFailure unknown(String filter) {
    return AwsFailure.refused("InvalidFilterKey", "The filter " + filter + " is not valid.");
  }

  private static Predicate<StoredParameter> of(ParameterStringFilter filter) {
    if (filter.key().startsWith("tag:")) {
      String key = filter.key().substring("tag:".length());
      return each -> each.tags().containsKey(key)
          && (filter.values().isEmpty() || filter.values().contains(each.tags().get(key)));
    }
    String option = filter.option() == null ? "" : filter.option();
    return switch (filter.key() + " " + option) {
      case "Name ", "Name Equals" -> any(filter, (each, value) -> name(each).equals(value));
      case "Name BeginsWith" -> any(filter, (each, value) -> name(each).startsWith(value));
      case "Name Contains" -> any(filter, (each, value) -> name(each).contains(value));
      case "Path Recursive" -> any(filter, (each, value) -> under(each, value, true));
      case "Path ", "Path OneLevel" -> any(filter, (each, value) -> under(each, value, false));
      case "Type ", "Type Equals" ->
        any(filter, (each, value) -> each.latest().type().toString().equals(value));
      case "Tier ", "Tier Equals" ->
        any(filter, (each, value) -> each.latest().tier().toString().equals(value));
      case "KeyId ", "KeyId Equals" ->
        any(filter, (each, value) -> each.latest().keyId().equals(Optional.of(value)));
      default -> throw unknown(filter.key() + " " + option);
    };
  }

  private interface Test {
    boolean holds(StoredParameter parameter, String value);
  }

  private static Predicate<StoredParameter> any(ParameterStringFilter filter, Test test) {
    return each -> filter.values().stream().anyMatch(value -> test.holds(each, value));
  }

  private static String name(StoredParameter parameter) {
    return parameter.latest().name();
  }

  /** Whether the parameter stands below the path: directly, or at any depth. */
  static boolean under(StoredParameter parameter, String path, boolean recursive) {
    String folder = path.endsWith("/") ? path : path + "/";
    String name = name(parameter);
    return name.startsWith(folder) && (recursive || name.indexOf('/', folder.length()) < 0);
  }

  static ParameterMetadata metadata(StoredParameter parameter) {
    ParameterVersion latest = parameter.latest();
    return ParameterMetadata.builder()
        .name(latest.name())
        .arn(latest.parameter(false).arn())
        .type(latest.type())
        .keyId(latest.keyId().orElse(null))
        .lastModifiedDate(latest.modified())
        .lastModifiedUser(USER)
        .description(latest.description().orElse(null))
        .allowedPattern(latest.allowedPattern().orElse(null))
        .version(latest.version())
        .tier(latest.tier())
        .policies(List.of())
        .dataType("text")
        .build();
  }
}
