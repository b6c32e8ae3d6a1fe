package dev.shepherd.local.command;

import dev.shepherd.local.world.Arns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Where a command's AWS is, as environment variables for the SDK. Real AWS must be asked for by
 * name; a loopback address never gets the caller's credentials.
 *
 * @param closing ends what was started for it
 */
record Endpoint(Map<String, String> environment, Runnable closing) implements AutoCloseable {
  private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG");
  private static final Map<String, String> DUMMY = Map.of(
      "AWS_ACCESS_KEY_ID", "local",
      "AWS_SECRET_ACCESS_KEY", "local",
      "AWS_REGION", Arns.REGION,
      "AWS_EC2_METADATA_DISABLED", "true");

  Endpoint {
    environment = Map.copyOf(environment);
  }

  private Endpoint(Map<String, String> environment) {
    this(environment, () -> {});
  }

  /**
   * Reads {@code --endpoint-url}.
   *
   * @param url an address, or {@code aws}; absent: a fresh local world
   * @param caller the caller's environment
   * @throws IOException when a local world cannot be started
   */
  static Endpoint of(Optional<String> url, Map<String, String> caller) throws IOException {
    if (url.isEmpty()) {
      return demoWorld(caller);
    }
    Map<String, String> environment = new HashMap<>();
    boolean loopback = !url.get().equals("aws") && isLoopback(url.get());
    caller.forEach((name, value) -> {
      if (PASSED_ON.contains(name)
          || name.startsWith("SHEPHERD_")
          || (name.startsWith("AWS_") && !loopback)) {
        environment.put(name, value);
      }
    });
    if (!url.get().equals("aws")) {
      environment.put("AWS_ENDPOINT_URL", url.get());
    }
    if (loopback) {
      environment.putAll(DUMMY);
    } else if (!caller.containsKey("AWS_ACCESS_KEY_ID")) {
      environment.putAll(callersCredentials());
    }
    return new Endpoint(environment);
  }

  /**
   * From a profile, or a machine's role: the functions know those of variables alone, as in Lambda.
   */
  private static Map<String, String> callersCredentials() {
    try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
      AwsCredentials found = chain.resolveCredentials();
      Map<String, String> variables = new HashMap<>();
      variables.put("AWS_ACCESS_KEY_ID", found.accessKeyId());
      variables.put("AWS_SECRET_ACCESS_KEY", found.secretAccessKey());
      if (found instanceof AwsSessionCredentials session) {
        variables.put("AWS_SESSION_TOKEN", session.sessionToken());
      }
      return variables;
    } catch (SdkClientException none) {
      return Map.of(); // The function says what it misses.
    }
  }

  private static Endpoint demoWorld(Map<String, String> caller) throws IOException {
    LocalWorld world = new LocalWorld(Path.of(System.getProperty("shepherd.root", ".")), 0);
    Endpoint endpoint = of(Optional.of(world.address()), caller);
    return new Endpoint(endpoint.environment, world::close);
  }

  private static boolean isLoopback(String url) {
    try {
      String host = URI.create(url).getHost();
      if (host == null) {
        throw new UsageException(
            "--endpoint-url " + url + " is no address like http://127.0.0.1:8421");
      }
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (IllegalArgumentException unreadable) {
      throw new UsageException(
          "--endpoint-url " + url + " is no address like http://127.0.0.1:8421");
    } catch (UnknownHostException unknown) {
      throw new UsageException("--endpoint-url " + url + ": no such host");
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
