package dev.shepherd.functions.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * Parameter Store, as far as Shepherd only reads it. Page and list sizes are <a
 * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations.html">the
 * API's</a>.
 */
public class ParameterReads {
  /** The calls that it takes. */
  public interface Calls {
    /** {@code ssm:DescribeParameters}. */
    DescribeParametersResponse describeParameters(DescribeParametersRequest request);

    /** {@code ssm:GetParameters}. */
    GetParametersResponse getParameters(GetParametersRequest request);

    /** {@code ssm:ListTagsForResource}. */
    ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request);
  }

  private static final int DESCRIBE_PAGE = 50;

  /** How many parameters one call reads. */
  public static final int MAX_NAMES = 10;

  private final Calls calls;

  public ParameterReads(Calls calls) {
    this.calls = calls;
  }

  /** Everything below a path, without values; one call per 50 parameters. */
  public List<ParameterMetadata> below(String path) {
    // A path is asked for without its last slash.
    return describe(filter("Path", "Recursive", List.of(path.substring(0, path.length() - 1))));
  }

  /** These parameters, without values; those that are not there are left out. */
  public List<ParameterMetadata> named(Collection<String> names) {
    List<ParameterMetadata> found = new ArrayList<>();
    for (List<String> chunk : Pages.chunks(List.copyOf(names), DESCRIBE_PAGE)) {
      found.addAll(describe(filter("Name", "Equals", chunk)));
    }
    return found;
  }

  private List<ParameterMetadata> describe(ParameterStringFilter filter) {
    return Pages.all(
        token -> calls.describeParameters(DescribeParametersRequest.builder()
            .parameterFilters(filter)
            .maxResults(DESCRIBE_PAGE)
            .nextToken(token)
            .build()),
        DescribeParametersResponse::parameters,
        DescribeParametersResponse::nextToken);
  }

  private static ParameterStringFilter filter(String key, String option, List<String> values) {
    return ParameterStringFilter.builder()
        .key(key)
        .option(option)
        .values(values)
        .build();
  }

  /**
   * The parameters of these names, at most 10, in one call; those that are not there are left out.
   */
  public Map<String, Parameter> read(List<String> names) {
    if (names.size() > MAX_NAMES) {
      throw new IllegalArgumentException("at most " + MAX_NAMES + " names, got " + names.size());
    }
    Map<String, Parameter> found = new HashMap<>();
    calls
        .getParameters(
            GetParametersRequest.builder().names(names).withDecryption(true).build())
        .parameters()
        .forEach(parameter -> found.put(parameter.name(), parameter));
    return found;
  }

  /** A parameter's tags. */
  public Map<String, String> tags(String name) {
    return calls
        .listTagsForResource(ListTagsForResourceRequest.builder()
            .resourceType(ResourceTypeForTagging.PARAMETER)
            .resourceId(name)
            .build())
        .tagList()
        .stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }
}
