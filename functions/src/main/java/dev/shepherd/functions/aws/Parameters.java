package dev.shepherd.functions.aws;

import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** Parameter Store, as Shepherd reads and writes it. */
public final class Parameters extends ParameterReads {
  /** The calls that it takes. */
  public interface Calls extends ParameterReads.Calls {
    /** {@code ssm:PutParameter}. */
    PutParameterResponse putParameter(PutParameterRequest request);
  }

  private final Calls calls;

  public Parameters(Calls calls) {
    super(calls);
    this.calls = calls;
  }

  /** Puts a parameter; the request says whether it may replace one. */
  public void put(PutParameterRequest request) {
    calls.putParameter(request);
  }
}
