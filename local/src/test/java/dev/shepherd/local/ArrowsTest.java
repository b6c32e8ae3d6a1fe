package dev.shepherd.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may use whom. A folder that is not in the table may not exist. */
class ArrowsTest {
  private static final String ROOT = "dev.shepherd.";

  /** The folders that each folder may use, beside itself. */
  private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
      Map.entry("shared.fleet", Set.of()),
      Map.entry("shared.config", Set.of("shared.fleet")),
      Map.entry("shared.rollout", Set.of("shared.fleet", "shared.config")),
      Map.entry("shared.registration", Set.of("shared.fleet")),
      Map.entry("shared.replacement", Set.of("shared.fleet")),
      Map.entry("functions.event", Set.of("shared.fleet")),
      Map.entry(
          "functions.aws",
          Set.of("shared.fleet", "shared.config", "shared.rollout", "shared.replacement")),
      Map.entry(
          "functions.rollout",
          Set.of(
              "functions.aws",
              "functions.event",
              "shared.fleet",
              "shared.config",
              "shared.rollout")),
      Map.entry(
          "functions.registration",
          Set.of("functions.aws", "functions.event", "shared.fleet", "shared.registration")),
      Map.entry(
          "functions.replacement",
          Set.of(
              "functions.aws",
              "functions.event",
              "shared.fleet",
              "shared.config",
              "shared.replacement")),
      Map.entry(
          "functions.status",
          Set.of(
              "functions.aws",
              "shared.fleet",
              "shared.config",
              "shared.rollout",
              "shared.replacement")),
      Map.entry("local.world", Set.of()),
      Map.entry("local.protocol", Set.of("local.world")),
      Map.entry("local.iam", Set.of("local.protocol", "local.world")),
      Map.entry(
          "local.lambda", Set.of("local.iam", "local.protocol", "local.world", "functions.aws")),
      Map.entry(
          "local.invariant",
          Set.of("local.lambda", "local.protocol", "local.world", "shared.config", "shared.fleet")),
      Map.entry(
          "local.scenario",
          Set.of(
              "local.iam",
              "local.invariant",
              "local.lambda",
              "local.protocol",
              "local.world",
              "shared.fleet",
              "shared.config")),
      Map.entry(
          "local.bench",
          Set.of(
              "local.scenario",
              "local.lambda",
              "local.protocol",
              "local.world",
              "shared.config",
              "shared.fleet",
              "shared.rollout",
              "shared.replacement",
              "shared.registration")),
      Map.entry(
          "local.command",
          Set.of(
              "local.bench",
              "local.invariant",
              "local.scenario",
              "local.lambda",
              "local.protocol",
              "local.world",
              "shared.config",
              "shared.fleet")));

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.shepherd");

  @SuppressWarnings("UnusedVariable") // Read by FieldSource.
  private static final Set<String> FOLDERS = new TreeSet<>(ARROWS.keySet());

  @ParameterizedTest
  @FieldSource("FOLDERS")
  void usesOnlyWhatItMay(String folder) {
    Set<String> used = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (folderOf(type).equals(folder)) {
        type.getDirectDependenciesFromSelf().stream()
            .map(Dependency::getTargetClass)
            .map(JavaClass::getBaseComponentType)
            .filter(target -> target.getPackageName().startsWith(ROOT))
            .map(ArrowsTest::folderOf)
            .filter(target -> !target.equals(folder))
            .forEach(used::add);
      }
    }
    assertThat(ARROWS.get(folder)).as("what %s uses", folder).containsAll(used);
  }

  @Test
  void knowsEveryFolder() {
    Set<String> folders = new TreeSet<>();
    CLASSES.forEach(type -> folders.add(folderOf(type)));
    assertThat(ARROWS.keySet()).containsAll(folders);
  }

  private static String folderOf(JavaClass type) {
    String[] parts = type.getPackageName().substring(ROOT.length()).split("\\.", -1);
    return parts[0] + "." + parts[1];
  }
}
