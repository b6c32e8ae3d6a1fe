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
import java.util.concurrent.atomic.AtomicLong;
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
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  private final Path zip;
  private final Template.Function function;

  /**
   * When something happened.
   *
   * @param wall as {@link System#nanoTime()} says
   * @param cpu what the JVM has taken of all processors since its start, in nanoseconds
   */
  public record Moment(long wall, long cpu) {}

  /**
   * What it answered: the function's own JSON, or Lambda's error document.
   *
   * @param handedOut when the runtime got the event
   */
  public record Result(boolean failed, String json, Moment handedOut, Moment answered) {}

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
    try (Session session = start(surroundings, logs)) {
      List<Result> results = new ArrayList<>();
      for (byte[] event : events) {
        results.add(session.invoke(event));
      }
      return results;
    }
  }

  /** A JVM that waits for events, one after the other. */
  public static final class Session implements AutoCloseable {
    private final Path taskRoot;
    private final RuntimeApiStub api;
    private final Process runtime;
    private final Thread log;
    private final Duration limit;

    private Session(
        Path taskRoot, RuntimeApiStub api, Process runtime, Thread log, Duration limit) {
      this.taskRoot = taskRoot;
      this.api = api;
      this.runtime = runtime;
      this.log = log;
      this.limit = limit;
    }

    /** Waits until a snapshot would be taken, when the handler's hooks have run. */
    public Moment awaitSnapshot() throws IOException, InterruptedException {
      return api.awaitSnapshot(limit);
    }

    /** What the JVM has taken of all processors so far, in nanoseconds. */
    public long cpu() {
      return ProcessCpu.nanos(pid());
    }

    /** Runs it on one event; throws without an answer. */
    public Result invoke(byte[] event) throws IOException, InterruptedException {
      return api.invoke(event, limit);
    }

    public long pid() {
      return runtime.pid();
    }

    @Override
    public void close() throws IOException {
      runtime.destroyForcibly().onExit().join();
      api.close();
      try {
        log.join();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      delete(taskRoot);
    }
  }

  /** Starts a JVM as Lambda does on demand, which quits with the session. */
  public Session start(Map<String, String> surroundings, OutputStream log) throws IOException {
    return start(surroundings, log, List.of("-XX:TieredStopAtLevel=1"));
  }

  /**
   * Starts a JVM as Lambda does to take a <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">snapshot</a>, with both
   * compilers and the handler's hooks; it goes on where a restored one would.
   */
  public Session startForSnapshot(Map<String, String> surroundings, OutputStream log)
      throws IOException {
    Map<String, String> all = new HashMap<>(surroundings);
    all.put(INITIALIZATION, "snap-start");
    return start(all, log, List.of("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
  }

  private Session start(Map<String, String> surroundings, OutputStream log, List<String> flags)
      throws IOException {
    Path taskRoot = Files.createTempDirectory("shepherd-task-root");
    AtomicLong pid = new AtomicLong();
    RuntimeApiStub api = new RuntimeApiStub(
        function, () -> new Moment(System.nanoTime(), ProcessCpu.nanos(pid.get())));
    unpack(taskRoot);
    Process runtime = start(taskRoot, api, surroundings, flags);
    pid.set(runtime.pid());
    Thread follower = Thread.ofVirtual().start(() -> follow(runtime, api, log));
    return new Session(taskRoot, api, runtime, follower, function.timeout().plus(JVM_START));
  }

  private Process start(
      Path taskRoot, RuntimeApiStub api, Map<String, String> surroundings, List<String> flags)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + function.memoryMegabytes() * 85 / 100 + "m",
        // https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "--add-opens=java.base/java.io=ALL-UNNAMED"));
    command.addAll(flags);
    command.addAll(List.of(
        "-cp",
        runtimeClasspath(),
        AWSLambda.class.getName(),
        function.handler() + "::handleRequest"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(taskRoot.toFile()); // where the client looks for the handler
    builder.environment().clear();
    builder.environment().putAll(environment(taskRoot, api, surroundings));
    builder.redirectErrorStream(true);
    return builder.start();
  }

  /** Shows what it logs until it ends; by then it has answered, or never will. */
  private static void follow(Process runtime, RuntimeApiStub api, OutputStream log) {
    try {
      runtime.getInputStream().transferTo(log);
      api.abandon("the runtime ended with " + runtime.waitFor() + " and gave no answer");
    } catch (IOException | InterruptedException gone) {
      api.abandon("the runtime cannot be followed: " + gone);
    }
  }

  private Map<String, String> environment(
      Path taskRoot, RuntimeApiStub api, Map<String, String> surroundings) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.put(INITIALIZATION, "on-demand");
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
