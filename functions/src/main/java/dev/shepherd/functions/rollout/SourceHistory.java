package dev.shepherd.functions.rollout;

import dev.shepherd.functions.aws.Pages;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;

/** What a config parameter's text was before; who adopts a fleet asks for it. */
final class SourceHistory {
  private static final int PAGE = 50;

  private final RolloutAws aws;

  SourceHistory(RolloutAws aws) {
    this.aws = aws;
  }

  /**
   * The versions that <a
   * href="https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html">Parameter
   * Store keeps</a>, at most 100, oldest first. One call per 50.
   */
  List<ParameterHistory> of(String name) {
    return Pages.all(
        token -> aws.getParameterHistory(GetParameterHistoryRequest.builder()
            .name(name)
            .withDecryption(true)
            .maxResults(PAGE)
            .nextToken(token)
            .build()),
        GetParameterHistoryResponse::parameters,
        GetParameterHistoryResponse::nextToken);
  }
}
