package dev.shepherd.local.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * Parameters with versions, tags, tiers and limits. Each change says so on the bus, without a
 * version, as <a href=
 * "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html">AWS
 * does</a>.
 */
public final class ParameterStore {
  private static final String DEFAULT_KEY = "alias/aws/ssm";

  private final VirtualClock clock;
  private final EventBus bus;
  private final TreeMap<String, StoredParameter> parameters = new TreeMap<>();

  ParameterStore(VirtualClock clock, EventBus bus) {
    this.clock = clock;
    this.bus = bus;
  }

  /** Every parameter by its name. */
  public NavigableMap<String, StoredParameter> all() {
    return Collections.unmodifiableNavigableMap(parameters);
  }

  /**
   * Puts a new version, as PutParameter does.
   *
   * @throws AwsFailure as AWS does for names, sizes, tiers and overwriting
   */
  public ParameterVersion put(PutParameterRequest request) {
    String name = bareName(request.name());
    ParameterRules.checkName(name);
    ParameterTagRules.check(List.of(), request.tags());
    Optional<StoredParameter> stored = Optional.ofNullable(parameters.get(name));
    ParameterVersion version = version(name, request, stored.map(StoredParameter::latest));
    stored.ifPresentOrElse(
        each -> each.add(version), () -> parameters.put(name, created(version, request.tags())));
    publish(stored.isPresent() ? "Update" : "Create", version);
    return version;
  }

  private ParameterVersion version(
      String name, PutParameterRequest request, Optional<ParameterVersion> before) {
    ParameterRules.checkRequest(request, before);
    ParameterType type = ParameterRules.type(request, before);
    ParameterTier tier = ParameterRules.tier(request, before);
    Optional<String> keyId = type == ParameterType.SECURE_STRING
        ? Optional.of(Optional.ofNullable(request.keyId()).orElse(DEFAULT_KEY))
        : Optional.empty();
    return new ParameterVersion(
        name,
        before.map(ParameterVersion::version).orElse(0L) + 1,
        request.value(),
        type,
        tier,
        keyId,
        Optional.ofNullable(request.description()),
        Optional.ofNullable(request.allowedPattern()),
        clock.instant());
  }

  private static StoredParameter created(ParameterVersion version, List<Tag> tags) {
    StoredParameter created = new StoredParameter(version);
    tags.forEach(tag -> created.tags().put(tag.key(), tag.value()));
    return created;
  }

  /** Puts a text as an operator would: overwriting, the type kept or String, the tier by size. */
  public ParameterVersion put(String name, String text) {
    PutParameterRequest.Builder request = PutParameterRequest.builder()
        .name(name)
        .value(text)
        .overwrite(true)
        .tier(ParameterTier.INTELLIGENT_TIERING);
    if (!parameters.containsKey(name)) {
      request.type(ParameterType.STRING);
    }
    return put(request.build());
  }

  /** Puts labels on a version; ParameterNotFound, or ParameterVersionNotFound. */
  public void label(String name, long version, List<String> labels) {
    labels(name, version);
    StoredParameter parameter = get(name);
    parameter.label(version, labels);
    if (!labels.isEmpty()) {
      publish("LabelParameterVersion", parameter.latest());
    }
  }

  /** A version's labels; ParameterNotFound, or ParameterVersionNotFound. */
  public List<String> labels(String name, long version) {
    StoredParameter parameter = get(name);
    if (parameter.version(version).isEmpty()) {
      throw AwsFailure.refused(
          "ParameterVersionNotFound",
          "Systems Manager could not find version %d of %s. Verify the version and try again."
              .formatted(version, name));
    }
    return parameter.labels(version);
  }

  /** By name or ARN. */
  public Optional<StoredParameter> find(String nameOrArn) {
    return Optional.ofNullable(parameters.get(bareName(nameOrArn)));
  }

  /** By name or ARN, or ParameterNotFound. */
  public StoredParameter get(String nameOrArn) {
    return find(nameOrArn)
        .orElseThrow(() ->
            AwsFailure.refused("ParameterNotFound", "Parameter " + nameOrArn + " not found."));
  }

  /** False when there is none. */
  public boolean delete(String nameOrArn) {
    Optional<StoredParameter> gone = Optional.ofNullable(parameters.remove(bareName(nameOrArn)));
    gone.ifPresent(parameter -> publish("Delete", parameter.latest()));
    return gone.isPresent();
  }

  /**
   * The name in an ARN, which does not tell {@code a} from {@code /a}; what is no ARN is a name.
   */
  String bareName(String nameOrArn) {
    int at = nameOrArn.startsWith("arn:") ? nameOrArn.indexOf(":parameter/") : -1;
    if (at < 0) {
      return nameOrArn;
    }
    String rest = nameOrArn.substring(at + ":parameter/".length());
    return parameters.containsKey(rest) ? rest : "/" + rest;
  }

  private void publish(String operation, ParameterVersion version) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.put("operation", operation);
    detail.put("name", version.name());
    detail.put("type", version.type().toString());
    version.description().ifPresent(text -> detail.put("description", text));
    bus.publish(
        "aws.ssm", "Parameter Store Change", List.of(StoredParameter.arn(version.name())), detail);
  }
}
