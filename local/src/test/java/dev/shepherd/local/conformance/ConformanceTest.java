package dev.shepherd.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What AWS documents holds in the local world, and, where moto runs (as in .ci/run), holds in it or
 * differs as the row says. {@code -Dshepherd.golden=write} writes docs/conformance.md.
 */
class ConformanceTest {
  private static final List<Row> ROWS = Rows.all();
  private static final Path PAGE = Path.of("..", "docs", "conformance.md");

  static Stream<Arguments> rows() {
    return ROWS.stream().map(row -> argumentSet(row.area() + ": " + row.name(), row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theLocalWorldDoesAsAws(Row row) {
    row.check().on(new LocalSide());
  }

  @ParameterizedTest
  @MethodSource("rows")
  @EnabledIfEnvironmentVariable(
      named = "SHEPHERD_MOTO_URL",
      matches = "http.+",
      disabledReason = "the rows against moto are left out: .ci/run sets SHEPHERD_MOTO_URL")
  void motoDoesSoOrDiffersAsNoted(Row row) {
    Optional<String> failure = Optional.ofNullable(
            catchThrowable(() -> row.check().on(Moto.SERVER.fresh())))
        .map(ConformanceTest::told);
    assertThat(failure)
        .as("how moto fails this; what the row notes of it is %s", row.moto())
        .matches(told -> told.isPresent() == row.moto().isPresent(), "fails where it is noted")
        .matches(
            told -> told.isEmpty() || told.get().contains(row.moto().get().shown()),
            "fails as it is noted");
  }

  /** Made when it is first asked for. */
  private static final class Moto {
    static final MotoSide SERVER = new MotoSide(URI.create(System.getenv("SHEPHERD_MOTO_URL")));
  }

  @AfterAll
  static void close() {
    if (System.getenv("SHEPHERD_MOTO_URL") != null) {
      Moto.SERVER.close();
    }
  }

  private static String told(Throwable failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  @Test
  void rowsAreManyAndEachHasItsOwnName() {
    assertThat(ROWS.stream().map(row -> row.area() + row.name())).doesNotHaveDuplicates();
    assertThat(ROWS)
        .hasSizeGreaterThan(80)
        .allSatisfy(row -> assertThat(row.source()).startsWith("https://"));
  }

  @Test
  void thePageSaysWhatTheRowsSay() throws IOException {
    String page = ConformancePage.of(ROWS);
    if ("write".equals(System.getProperty("shepherd.golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }
}
