package dev.shepherd.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchTableTest {
  private static final Path ROOT = Path.of(System.getProperty("shepherd.root", ".."));

  @TempDir
  Path directory = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("README.md"), text);
  }

  @Test
  void theTableIsWrittenBetweenItsCommentsAndNothingElseChanges() throws IOException {
    Path file = file("# A\n\n<!-- bench: made -->\n\nold\n| old |\n\n<!-- /bench -->\n\n## B\n");

    BenchTable.in(file).write("2 cores\n\n| new |\n");
    BenchTable.in(file).write("2 cores\n\n| new |\n");

    assertThat(file)
        .hasContent("# A\n\n<!-- bench: made -->\n2 cores\n\n| new |\n\n<!-- /bench -->\n\n## B\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"# A\n", "\n<!-- bench -->\n", "\n<!-- /bench -->\n<!-- bench -->\n"})
  void aFileWithoutItsCommentsIsLeft(String text) throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> BenchTable.in(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("has no lines <!-- bench … --> and <!-- /bench -->");
  }

  @Test
  void theReadmeHasThem() {
    assertThat(BenchTable.in(ROOT.resolve("README.md")).after()).contains("## Read the code");
  }
}
