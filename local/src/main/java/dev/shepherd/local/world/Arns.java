package dev.shepherd.local.world;

/** The one account and region of the local world, and the names made from them. */
public final class Arns {
  public static final String ACCOUNT = "111122223333";
  public static final String REGION = "eu-west-1";

  private Arns() {}

  /** {@code resource} is what follows the account: {@code cluster/prod}. */
  public static String of(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
  }
}
