package dev.shepherd.local.bench;

import dev.shepherd.local.lambda.BuiltFunction;
import dev.shepherd.local.lambda.Template;
import dev.shepherd.local.protocol.AwsFace;
import dev.shepherd.local.protocol.LoopbackServer;
import dev.shepherd.local.world.Arns;
import dev.shepherd.local.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The built artifact and the handlers that it is compared with, to be run by Lambda's runtime
 * interface client, and an AWS on loopback that they call.
 */
final class LambdaStage implements AutoCloseable {
  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private final AwsFace face;
  private final LoopbackServer aws;
  private final Path folder;
  private final BuiltFunction shepherd;
  private final BuiltFunction plain;
  private final BuiltFunction nothing;

  /**
   * @param world what they find there
   * @param clusters the clusters that they look at, with a comma between
   */
  LambdaStage(Path root, World world, String clusters) throws IOException {
    face = new AwsFace(world);
    aws = new LoopbackServer(face, 0);
    folder = Files.createTempDirectory("shepherd-bench");
    Path artifact = root.resolve("functions/target/shepherd-functions.zip");
    Template.Function function =
        Template.read(root.resolve("template.yaml"), Map.of("Clusters", clusters))
            .functions()
            .stream()
            .filter(each -> each.name().equals("ConfigRollout"))
            .findFirst()
            .orElseThrow();
    shepherd = new BuiltFunction(artifact, function);
    plain = like(function, PlainHandler.class, Optional.of(artifact));
    nothing = like(function, NothingHandler.class, Optional.empty());
  }

  /** A function like that one, of one class and, if it needs any, the artifact's libraries. */
  private BuiltFunction like(Template.Function function, Class<?> handler, Optional<Path> libraries)
      throws IOException {
    Path zip = folder.resolve(handler.getSimpleName() + ".zip");
    String entry = handler.getName().replace('.', '/') + ".class";
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        InputStream bytes = handler.getResourceAsStream("/" + entry)) {
      out.putNextEntry(new ZipEntry(entry));
      Optional.ofNullable(bytes).orElseThrow().transferTo(out);
      if (libraries.isPresent()) {
        copyLibraries(libraries.get(), out);
      }
    }
    return new BuiltFunction(
        zip,
        new Template.Function(
            function.id(),
            handler.getName(),
            function.timeout(),
            function.memoryMegabytes(),
            function.environment(),
            function.queue(),
            function.batchSize()));
  }

  private static void copyLibraries(Path artifact, ZipOutputStream out) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(artifact))) {
      for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        if (each.getName().startsWith("lib/") && !each.getName().contains("shepherd")) {
          out.putNextEntry(new ZipEntry(each.getName()));
          in.transferTo(out);
        }
      }
    }
  }

  BuiltFunction shepherd() {
    return shepherd;
  }

  /** {@link PlainHandler}, with the same libraries. */
  BuiltFunction plain() {
    return plain;
  }

  /** {@link NothingHandler}, without any. */
  BuiltFunction nothing() {
    return nothing;
  }

  BuiltFunction.Session start(BuiltFunction function) throws IOException {
    return function.start(surroundings(), NOWHERE);
  }

  BuiltFunction.Session startForSnapshot(BuiltFunction function) throws IOException {
    return function.startForSnapshot(surroundings(), NOWHERE);
  }

  private Map<String, String> surroundings() {
    return Map.of(
        "AWS_ENDPOINT_URL", "http://127.0.0.1:" + aws.port(),
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local",
        "AWS_REGION", Arns.REGION,
        "AWS_EC2_METADATA_DISABLED", "true");
  }

  /** The calls of all of them so far. */
  int calls() {
    return face.calls().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** A schedule's message of now, as the queue hands it over. */
  static byte[] scheduled() {
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return """
        {"Records": [{"body": "{\\"source\\": \\"aws.events\\", \\"detail-type\\": \\"Scheduled Event\\", \
        \\"time\\": \\"%s\\", \\"detail\\": {}}"}]}
        """.formatted(time).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    aws.close();
    for (Path zip :
        List.of(folder.resolve("PlainHandler.zip"), folder.resolve("NothingHandler.zip"), folder)) {
      Files.deleteIfExists(zip);
    }
  }
}
