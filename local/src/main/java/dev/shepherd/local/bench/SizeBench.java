package dev.shepherd.local.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** How large the artifact is, and of what. */
final class SizeBench implements Bench {
  private static final double MEGABYTE = 1_000_000;

  /**
   * <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda's
   * limits</a> for a zip that is uploaded, and for what it unpacks to.
   */
  private static final double MOST_ZIPPED = 50;

  private static final double MOST_UNPACKED = 250;

  private static final String SHEPHERD = "shepherd";
  private static final Set<String> SERVICES =
      Set.of("cloudwatch", "ecs", "eventbridge", "servicediscovery", "ssm");
  private static final Set<String> OTHERS = Set.of(
      "aws-lambda-java-core", "crac", "jspecify", "slf4j-api", "slf4j-nop", "snakeyaml-engine");

  private final Path zip;

  SizeBench(Path root) {
    this.zip = root.resolve("functions/target/shepherd-functions.zip");
  }

  @Override
  public List<BenchRow> run(Consumer<String> progress) {
    progress.accept("size: " + zip.getFileName() + " …");
    Artifact artifact = Artifact.read(zip);
    List<BenchRow> rows = new ArrayList<>();
    rows.add(BenchRow.counted(
        "size", "artifact", artifact.zipped / MEGABYTE, "MB", MOST_ZIPPED, "Lambda's limit"));
    rows.add(BenchRow.counted(
        "size", "unpacked", artifact.unpacked() / MEGABYTE, "MB", MOST_UNPACKED, "Lambda's limit"));
    rows.add(BenchRow.counted(
        "size",
        "classes of Shepherd's own",
        artifact.part(SHEPHERD).classes,
        "classes",
        artifact.classes(),
        "all"));
    artifact.parts.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue().bytes, a.getValue().bytes))
        .forEach(part -> rows.add(BenchRow.counted(
            "size",
            "%s, %,d classes".formatted(part.getKey(), part.getValue().classes),
            part.getValue().bytes / MEGABYTE,
            "MB",
            artifact.unpacked() / MEGABYTE,
            "all")));
    return rows;
  }

  /** A jar, or several that belong together. */
  record Part(long bytes, int classes) {
    Part plus(Part other) {
      return new Part(bytes + other.bytes, classes + other.classes);
    }
  }

  /**
   * What the zip holds.
   *
   * @param zipped its size in bytes
   * @param parts by the dependency's name
   */
  record Artifact(long zipped, Map<String, Part> parts) {
    Artifact {
      parts = new TreeMap<>(parts);
    }

    static Artifact read(Path zip) {
      Map<String, Part> parts = new TreeMap<>();
      try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          byte[] bytes = in.readAllBytes();
          if (!entry.isDirectory()) {
            parts.merge(name(entry.getName()), part(entry.getName(), bytes), Part::plus);
          }
        }
        return new Artifact(Files.size(zip), parts);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    private static Part part(String name, byte[] bytes) throws IOException {
      return new Part(
          bytes.length,
          name.endsWith(".jar")
              ? classes(new ByteArrayInputStream(bytes))
              : name.endsWith(".class") ? 1 : 0);
    }

    private static int classes(InputStream jar) throws IOException {
      int count = 0;
      try (ZipInputStream in = new ZipInputStream(jar)) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          count += entry.getName().endsWith(".class") ? 1 : 0;
        }
      }
      return count;
    }

    /** {@code lib/ecs-2.50.2.jar} is {@code ecs}; many small jars that serve one thing are one. */
    private static String name(String entry) {
      String jar =
          entry.substring(entry.lastIndexOf('/') + 1).replaceFirst("(-[0-9].*)?[.]jar$", "");
      if (!entry.endsWith(".jar") || jar.startsWith(SHEPHERD)) {
        return SHEPHERD;
      }
      if (SERVICES.contains(jar)) {
        return "AWS SDK: " + jar;
      }
      if (jar.matches("http(client|core)5.*|apache5-client")) {
        return "Apache HTTP client";
      }
      return OTHERS.contains(jar) ? jar : "AWS SDK: core";
    }

    Part part(String name) {
      return parts.getOrDefault(name, new Part(0, 0));
    }

    long unpacked() {
      return parts.values().stream().mapToLong(Part::bytes).sum();
    }

    int classes() {
      return parts.values().stream().mapToInt(Part::classes).sum();
    }
  }
}
