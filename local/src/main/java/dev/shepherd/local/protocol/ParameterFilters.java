package dev.shepherd.local.protocol;

import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.ParameterVersion;
import dev.shepherd.local.world.StoredParameter;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/** The filters of DescribeParameters that are understood here: Name, Path and Type. */
final class ParameterFilters {
  static final String USER = "arn:aws:iam::" + Arns.ACCOUNT + ":user/operator";

  private ParameterFilters() {}

  /** All of them must hold. */
  static Predicate<StoredParameter> of(List<ParameterStringFilter> filters) {
    return filters.stream().map(ParameterFilters::of).reduce(Predicate::and).orElse(each -> true);
  }

  private static Predicate<StoredParameter> of(ParameterStringFilter filter) {
    String option = filter.option() == null ? "" : filter.option();
    return switch (filter.key() + " " + option) {
      case "Name ", "Name Equals" -> any(filter, (each, value) -> name(each).equals(value));
      case "Name BeginsWith" -> any(filter, (each, value) -> name(each).startsWith(value));
      case "Name Contains" -> any(filter, (each, value) -> name(each).contains(value));
      case "Path Recursive" -> any(filter, (each, value) -> under(each, value, true));
      case "Path ", "Path OneLevel" -> any(filter, (each, value) -> under(each, value, false));
      case "Type ", "Type Equals" ->
        any(filter, (each, value) -> each.latest().type().toString().equals(value));
      default ->
        throw AwsFailure.refused(
            "InvalidFilterKey", "The filter " + filter.key() + " " + option + " is not valid.");
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
        .version(latest.version())
        .tier(latest.tier())
        .policies(List.of())
        .dataType("text")
        .build();
  }
}
