package dev.shepherd.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The built artifact in a JVM of its own, entered as on Lambda: unpacked as a task root, AWS's
 * runtime interface client as the main class, and a stub of the runtime API. That client brings a
 * library for Linux only.
 */
public final class BuiltFunction {
  private static final Duration JVM_START = Duration.ofSeconds(30);

  private final Path zip;
  private final Template.Function function;

  /** What it answered: the function's own JSON, or Lambda's error document. */
  public record Result(boolean failed, String json) {}

  public BuiltFunction(Path zip, Template.Function function) {
    this.zip = zip;
    this.function = function;
  }

  /**
   * Runs it on one event. Its logs go to {@code System.err}.
   *
   * @param surroundings environment variables beside Lambda's own and the template's, which they
   *     override
   * @throws IOException without an answer: the JVM ended, or took longer than the timeout
   */
  public Result invoke(byte[] event, Map<String, String> surroundings)
      throws IOException, InterruptedException {
    return invoke(List.of(event), surroundings, System.err).getFirst();
  }

  /** The same on one event after the other, in one runtime; an answer for each. */
  List<Result> invoke(List<byte[]> events, Map<String, String> surroundings, OutputStream logs)
      throws IOException, InterruptedException {
    Path taskRoot = Files.createTempDirectory("shepherd-task-root");
    try (RuntimeApiStub api = new RuntimeApiStub(function, events)) {
      unpack(taskRoot);
      Process runtime = start(taskRoot, api, surroundings);
      Thread log = Thread.ofVirtual().start(() -> follow(runtime, api, logs));
      try {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
          RuntimeApiStub.Answer answer = api.await(i, function.timeout().plus(JVM_START));
          results.add(new Result(answer.failed(), answer.json()));
        }
        return results;
      } finally {
        runtime.destroyForcibly().waitFor();
        log.join();
      }
    } finally {
      delete(taskRoot);
    }
  }

  private Process start(Path taskRoot, RuntimeApiStub api, Map<String, String> surroundings)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + function.memoryMegabytes() * 85 / 100 + "m",
        // https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "-cp",
        runtimeClasspath(),
        AWSLambda.class.getName(),
        function.handler() + "::handleRequest");
    builder.directory(taskRoot.toFile()); // where the client looks for the handler
    builder.environment().clear();
    builder.environment().putAll(environment(taskRoot, api, surroundings));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  /** Shows what it logs until it ends; by then it has answered, or never will. */
  private static void follow(Process runtime, RuntimeApiStub api, OutputStream logs) {
    try {
      runtime.getInputStream().transferTo(logs);
      api.abandon("the runtime ended with " + runtime.waitFor() + " and gave no answer");
    } catch (IOException | InterruptedException gone) {
      api.abandon("the runtime cannot be followed: " + gone);
    }
  }

  private Map<String, String> environment(
      Path taskRoot, RuntimeApiStub api, Map<String, String> surroundings) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.putAll(surroundings);
    environment.put("AWS_LAMBDA_LOG_FORMAT", "Text");
    environment.putAll(Map.of(
        "_HANDLER",
        function.handler() + "::handleRequest",
        "AWS_LAMBDA_RUNTIME_API",
        api.address(),
        "AWS_LAMBDA_FUNCTION_NAME",
        function.id(),
        "AWS_LAMBDA_FUNCTION_VERSION",
        "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        Integer.toString(function.memoryMegabytes()),
        "AWS_LAMBDA_LOG_GROUP_NAME",
        function.id(),
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "local",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "on-demand",
        "LAMBDA_TASK_ROOT",
        taskRoot.toString(),
        "TZ",
        ":UTC"));
    return environment;
  }

  /** On Lambda these lie in the runtime, not in the artifact. */
  private static String runtimeClasspath() {
    return Stream.of(
            AWSLambda.class,
            RequestStreamHandler.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)
        .map(BuiltFunction::jarOf)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("no file: " + type, impossible);
    }
  }

  private void unpack(Path directory) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.resolveSibling(""));
          Files.copy(in, target);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
