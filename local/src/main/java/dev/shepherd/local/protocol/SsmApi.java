package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.ParameterStore;
import dev.shepherd.local.world.ParameterVersion;
import dev.shepherd.local.world.StoredParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.*;

/** Parameter Store's operations, with the API's pages and limits. */
final class SsmApi {
  private static final String BAD_TOKEN = "InvalidNextToken";
  private static final String INVALID = "ValidationException";
  private static final int MAX_NAMES = 10;
  private static final Pattern SELECTED = Pattern.compile("(.+?[^:]):([^:/]+)");

  private final ParameterStore store;

  private SsmApi(ParameterStore store) {
    this.store = store;
  }

  static Operations over(ParameterStore store) {
    SsmApi api = new SsmApi(store);
    Operations operations = new Operations();
    new ParameterTagsApi(store).addTo(operations);
    new ParameterLabelsApi(store).addTo(operations);
    return operations
        .on("PutParameter", PutParameterRequest::builder, api::put)
        .on("GetParameter", GetParameterRequest::builder, api::get)
        .on("GetParameters", GetParametersRequest::builder, api::getAll)
        .on("GetParametersByPath", GetParametersByPathRequest::builder, api::byPath)
        .on("GetParameterHistory", GetParameterHistoryRequest::builder, api::history)
        .on("DescribeParameters", DescribeParametersRequest::builder, api::describe)
        .on("DeleteParameter", DeleteParameterRequest::builder, api::delete)
        .on("DeleteParameters", DeleteParametersRequest::builder, api::deleteAll);
  }

  private PutParameterResponse put(PutParameterRequest request) {
    ParameterVersion version = store.put(request);
    return PutParameterResponse.builder()
        .version(version.version())
        .tier(version.tier())
        .build();
  }

  private GetParameterResponse get(GetParameterRequest request) {
    return GetParameterResponse.builder()
        .parameter(selected(request.name(), Boolean.TRUE.equals(request.withDecryption())))
        .build();
  }

  private Parameter selected(String name, boolean decrypted) {
    Matcher selected = SELECTED.matcher(name);
    if (store.find(name).isPresent() || !selected.matches()) {
      return store.get(name).latest().parameter(decrypted);
    }
    String selector = selected.group(2);
    return store
        .get(selected.group(1))
        .selected(selector)
        .orElseThrow(() -> AwsFailure.refused(
            "ParameterVersionNotFound",
            "Systems Manager could not find version %s of %s. Verify the version and try again."
                .formatted(selector, selected.group(1))))
        .parameter(decrypted)
        .toBuilder()
        .selector(":" + selector)
        .build();
  }

  private GetParametersResponse getAll(GetParametersRequest request) {
    checkNames(request.names());
    List<Parameter> found = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : request.names()) {
      try {
        found.add(selected(name, Boolean.TRUE.equals(request.withDecryption())));
      } catch (AwsFailure notThere) {
        invalid.add(name);
      }
    }
    found.sort(Comparator.comparing(Parameter::name));
    return GetParametersResponse.builder()
        .parameters(found)
        .invalidParameters(invalid)
        .build();
  }

  private static void checkNames(List<String> names) {
    if (names.isEmpty() || names.size() > MAX_NAMES) {
      throw AwsFailure.validation(
          "1 validation error detected: Value '%s' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10"
              .formatted(names));
    }
  }

  private GetParametersByPathResponse byPath(GetParametersByPathRequest request) {
    boolean recursive = Boolean.TRUE.equals(request.recursive());
    if (!request.path().startsWith("/")) {
      throw AwsFailure.validation("The parameter path must begin with a \"/\".");
    }
    Predicate<StoredParameter> wanted = ParameterFilters.ofPath(request.parameterFilters());
    Page<StoredParameter> page = Page.of(
        store.all(),
        each -> ParameterFilters.under(each, request.path(), recursive) && wanted.test(each),
        request.nextToken(),
        Page.size(request.maxResults(), 10, 10, INVALID),
        BAD_TOKEN);
    boolean decrypted = Boolean.TRUE.equals(request.withDecryption());
    return GetParametersByPathResponse.builder()
        .parameters(page.items().stream()
            .map(each -> each.latest().parameter(decrypted))
            .toList())
        .nextToken(page.nextToken())
        .build();
  }

  private GetParameterHistoryResponse history(GetParameterHistoryRequest request) {
    TreeMap<String, ParameterVersion> versions = new TreeMap<>();
    StoredParameter parameter = store.get(request.name());
    parameter.history().forEach(each -> versions.put("%019d".formatted(each.version()), each));
    Page<ParameterVersion> page = Page.of(
        versions,
        each -> true,
        request.nextToken(),
        Page.size(request.maxResults(), 50, 50, INVALID),
        BAD_TOKEN);
    boolean decrypted = Boolean.TRUE.equals(request.withDecryption());
    return GetParameterHistoryResponse.builder()
        .parameters(
            page.items().stream().map(each -> past(parameter, each, decrypted)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static ParameterHistory past(
      StoredParameter parameter, ParameterVersion version, boolean decrypted) {
    return ParameterHistory.builder()
        .name(version.name())
        .type(version.type())
        .keyId(version.keyId().orElse(null))
        .lastModifiedDate(version.modified())
        .lastModifiedUser(ParameterFilters.USER)
        .description(version.description().orElse(null))
        .value(version.shown(decrypted))
        .version(version.version())
        .labels(parameter.labels(version.version()))
        .allowedPattern(version.allowedPattern().orElse(null))
        .tier(version.tier())
        .policies(List.of())
        .dataType("text")
        .build();
  }

  private DescribeParametersResponse describe(DescribeParametersRequest request) {
    Page<StoredParameter> page = Page.of(
        store.all(),
        ParameterFilters.of(request.parameterFilters()),
        request.nextToken(),
        Page.size(request.maxResults(), 10, 50, INVALID),
        BAD_TOKEN);
    return DescribeParametersResponse.builder()
        .parameters(page.items().stream().map(ParameterFilters::metadata).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private DeleteParameterResponse delete(DeleteParameterRequest request) {
    store.get(request.name());
    store.delete(request.name());
    return DeleteParameterResponse.builder().build();
  }

  private DeleteParametersResponse deleteAll(DeleteParametersRequest request) {
    checkNames(request.names());
    List<String> deleted = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    request.names().forEach(name -> (store.delete(name) ? deleted : invalid).add(name));
    return DeleteParametersResponse.builder()
        .deletedParameters(deleted)
        .invalidParameters(invalid)
        .build();
  }
}
