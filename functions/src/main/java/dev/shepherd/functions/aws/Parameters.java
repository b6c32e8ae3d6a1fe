package dev.shepherd.functions.aws;

import java.util.List;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** Parameter Store, in the few ways that Shepherd uses it. */
public final class Parameters extends ParameterReads {
  /** The calls that it takes. */
  public interface Calls extends ParameterReads.Calls {
    /** {@code ssm:GetParameterHistory}. */
    GetParameterHistoryResponse getParameterHistory(GetParameterHistoryRequest request);

    /** {@code ssm:PutParameter}. */
    PutParameterResponse putParameter(PutParameterRequest request);
  }

  private static final int HISTORY_PAGE = 50;

  private final Calls calls;

  public Parameters(Calls calls) {
    super(calls);
    this.calls = calls;
  }

  /** The versions that Parameter Store keeps, at most 100, oldest first. */
  public List<ParameterHistory> history(String name) {
    return Pages.all(
        token -> calls.getParameterHistory(GetParameterHistoryRequest.builder()
            .name(name)
            .withDecryption(true)
            .maxResults(HISTORY_PAGE)
            .nextToken(token)
            .build()),
        GetParameterHistoryResponse::parameters,
        GetParameterHistoryResponse::nextToken);
  }

  /** Puts a parameter; the request says whether it may replace one. */
  public void put(PutParameterRequest request) {
    calls.putParameter(request);
  }
}
