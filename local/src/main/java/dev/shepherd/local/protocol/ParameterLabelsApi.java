package dev.shepherd.local.protocol;

import dev.shepherd.local.world.AwsFailure;
import dev.shepherd.local.world.ParameterStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionResponse;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionResponse;

/**
 * <a href=
 * "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html">Labels</a>
 * on versions: those that break the rules are told, and the others set.
 */
final class ParameterLabelsApi {
  private static final Pattern LABEL = Pattern.compile("(?!(?i:aws|ssm)|\\d)[a-zA-Z0-9_.-]{1,100}");
  private static final int MOST = 10;

  private final ParameterStore store;

  ParameterLabelsApi(ParameterStore store) {
    this.store = store;
  }

  void addTo(Operations operations) {
    operations
        .on("LabelParameterVersion", LabelParameterVersionRequest::builder, this::label)
        .on("UnlabelParameterVersion", UnlabelParameterVersionRequest::builder, this::unlabel);
  }

  private LabelParameterVersionResponse label(LabelParameterVersionRequest request) {
    checkCount(request.labels());
    long version = Optional.ofNullable(request.parameterVersion())
        .orElseGet(() -> store.get(request.name()).latest().version());
    store.label(request.name(), version, those(request.labels(), LABEL.asMatchPredicate()));
    return LabelParameterVersionResponse.builder()
        .parameterVersion(version)
        .invalidLabels(those(request.labels(), LABEL.asMatchPredicate().negate()))
        .build();
  }

  private UnlabelParameterVersionResponse unlabel(UnlabelParameterVersionRequest request) {
    checkCount(request.labels());
    Predicate<String> there = store.labels(request.name(), request.parameterVersion())::contains;
    List<String> removed = those(request.labels(), there);
    store.get(request.name()).unlabel(removed);
    return UnlabelParameterVersionResponse.builder()
        .removedLabels(removed)
        .invalidLabels(those(request.labels(), label -> !removed.contains(label)))
        .build();
  }

  private static List<String> those(List<String> labels, Predicate<String> wanted) {
    return labels.stream().filter(wanted).toList();
  }

  private static void checkCount(List<String> labels) {
    if (labels.isEmpty() || labels.size() > MOST) {
      throw AwsFailure.validation("A call takes from 1 to " + MOST + " labels.");
    }
  }
}
