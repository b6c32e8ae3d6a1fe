package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.AllowanceSpent;
import dev.shepherd.functions.aws.Pages;
import dev.shepherd.functions.aws.Revision;
import dev.shepherd.functions.aws.TaskDefinitions;
import dev.shepherd.shared.fleet.ConfigReference;
import dev.shepherd.shared.fleet.FleetName;
import dev.shepherd.shared.fleet.ParameterNames;
import dev.shepherd.shared.rollout.CleanUp.Made;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Which task-definition revisions are ACTIVE, and which snapshots each names. What one names never
 * changes and is kept, so that a long listing is read over several runs of this instance.
 */
final class ActiveRevisions {
  /** A sweep is not urgent; the rollouts need the same calls. */
  private static final int READS_A_RUN = 100;

  private static final int PAGE = 100;

  private final RolloutAws aws;
  private final TaskDefinitions definitions;
  private final ParameterNames names;
  private final Pattern parameter;
  private final Map<String, Facts> known = new HashMap<>();
  private int reads;

  private record Facts(
      String family,
      int revision,
      boolean shepherds,
      Instant registeredAt,
      Set<ConfigReference.Pinned> names) {
    Made of(String arn, FleetName fleet) {
      return new Made(
          arn,
          family,
          revision,
          shepherds,
          registeredAt,
          names.stream()
              .filter(pinned -> pinned.fleet().equals(fleet))
              .map(ConfigReference.Pinned::hash)
              .collect(Collectors.toSet()));
    }
  }

  ActiveRevisions(RolloutAws aws, TaskDefinitions definitions, ParameterNames names) {
    this.aws = aws;
    this.definitions = definitions;
    this.names = names;
    this.parameter = Pattern.compile(
        "/shepherd" + Pattern.quote(names.configPrefix()) + "[A-Za-z0-9_./-]+/revisions/[0-9a-f]+");
  }

  /** A sweep begins: it may read so many revisions. */
  void begin() {
    reads = 0;
  }

  /** The newest of a family, at most so many and 100, as they matter to a fleet. */
  List<Made> newest(String family, int count, FleetName fleet) {
    return aws
        .listTaskDefinitions(ListTaskDefinitionsRequest.builder()
            .familyPrefix(family)
            .status(TaskDefinitionStatus.ACTIVE)
            .sort(SortOrder.DESC)
            .maxResults(count)
            .build())
        .taskDefinitionArns()
        .stream()
        .map(arn -> known.computeIfAbsent(arn, this::read).of(arn, fleet))
        .toList();
  }

  /** Those of one family, as they matter to a fleet. */
  List<Made> ofFamily(String family, FleetName fleet) {
    List<String> arns = Pages.all(
        token -> list(Optional.of(family), token),
        ListTaskDefinitionsResponse::taskDefinitionArns,
        ListTaskDefinitionsResponse::nextToken);
    return arns.stream().map(arn -> facts(arn).of(arn, fleet)).toList();
  }

  /** Those of the whole account; empty where they are too many to be listed. */
  Optional<List<Made>> all(FleetName fleet) {
    Optional<List<String>> arns = Pages.upTo(
        Pages.MAX_PAGES,
        token -> list(Optional.empty(), token),
        ListTaskDefinitionsResponse::taskDefinitionArns,
        ListTaskDefinitionsResponse::nextToken);
    arns.ifPresent(active -> known.keySet().retainAll(Set.copyOf(active)));
    return arns.map(
        active -> active.stream().map(arn -> facts(arn).of(arn, fleet)).toList());
  }

  private ListTaskDefinitionsResponse list(Optional<String> family, @Nullable String token) {
    return aws.listTaskDefinitions(ListTaskDefinitionsRequest.builder()
        .familyPrefix(family.orElse(null))
        .status(TaskDefinitionStatus.ACTIVE)
        .maxResults(PAGE)
        .nextToken(token)
        .build());
  }

  private Facts facts(String arn) {
    Facts before = known.get(arn);
    if (before != null) {
      return before;
    }
    if (reads++ == READS_A_RUN) {
      throw new AllowanceSpent("more revisions are ACTIVE than one run reads to clean up");
    }
    Facts read = read(arn);
    known.put(arn, read);
    return read;
  }

  private Facts read(String arn) {
    Revision revision = definitions.read(arn);
    TaskDefinition definition = revision.definition();
    // Wherever a name stands, not only in secrets: nothing that anybody still names may go.
    Set<ConfigReference.Pinned> pinned = parameter
        .matcher(definition.toString())
        .results()
        .flatMap(found -> names.reference(found.group()).stream())
        .filter(ConfigReference.Pinned.class::isInstance)
        .map(ConfigReference.Pinned.class::cast)
        .collect(Collectors.toSet());
    return new Facts(
        definition.family(),
        definition.revision(),
        revision.isShepherds(),
        definition.registeredAt(),
        pinned);
  }
}
