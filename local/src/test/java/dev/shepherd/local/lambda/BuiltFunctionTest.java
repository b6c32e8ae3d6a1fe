package dev.shepherd.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** AWS's runtime interface client, started for an artifact of the test's own. */
@EnabledOnOs(OS.LINUX)
final class BuiltFunctionTest {
  @TempDir
  Path directory = Path.of("");

  /** Answers with what it got and what it sees around it. */
  public static final class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      context.getLogger().log("heard\n");
      output.write(String.join(
              "|",
              event,
              context.getFunctionName(),
              System.getenv("SHEPHERD_DRY_RUN"),
              System.getenv("EXTRA"),
              context.getRemainingTimeInMillis() > 50_000 ? "much time" : "little time")
          .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Fails. */
  public static final class Broken implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      throw new IllegalStateException("broken on purpose");
    }
  }

  /** Ends its own JVM. */
  public static final class Gone implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      Runtime.getRuntime().halt(3);
    }
  }

  private BuiltFunction built(Class<?> handler) throws IOException {
    Path zip = directory.resolve("artifact.zip");
    String entry = handler.getName().replace('.', '/') + ".class";
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        InputStream bytes = handler.getResourceAsStream("/" + entry)) {
      out.putNextEntry(new ZipEntry(entry));
      assertThat(bytes).isNotNull().satisfies(b -> b.transferTo(out));
    }
    Template.Function real = Project.template().functions().getFirst();
    return new BuiltFunction(
        zip,
        new Template.Function(
            real.id(),
            handler.getName(),
            Duration.ofSeconds(60),
            256,
            real.environment(),
            real.queue(),
            real.batchSize()));
  }

  private BuiltFunction.Result invoke(Class<?> handler) throws IOException, InterruptedException {
    return built(handler)
        .invoke("{\"a\":1}".getBytes(StandardCharsets.UTF_8), Map.of("EXTRA", "more"));
  }

  @Test
  void answersWithItsEnvironment() throws IOException, InterruptedException {
    BuiltFunction.Result result = invoke(Echo.class);

    assertThat(result.failed()).isFalse();
    assertThat(result.json()).isEqualTo("{\"a\":1}|ConfigRolloutFunction|false|more|much time");
    assertThat(result.answered().wall()).isGreaterThan(result.handedOut().wall());
    assertThat(result.answered().cpu()).isGreaterThan(result.handedOut().cpu()).isPositive();
  }

  @Test
  void handsOnTheErrorOfAFunctionThatThrows() throws IOException, InterruptedException {
    BuiltFunction.Result result = invoke(Broken.class);

    assertThat(result.failed()).isTrue();
    assertThat(result.json()).contains("broken on purpose", "IllegalStateException");
  }

  @Test
  void saysThatTheRuntimeEnded() {
    assertThatThrownBy(() -> invoke(Gone.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with 3");
  }
}
