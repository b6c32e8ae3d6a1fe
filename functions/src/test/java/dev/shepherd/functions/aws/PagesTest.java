package dev.shepherd.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PagesTest {
  /** A listing of this many pages, each with its number. */
  private static List<Integer> read(int pages, int most) {
    return Pages.all(
        most,
        token -> Optional.ofNullable(token).map(Integer::parseInt).orElse(1),
        List::of,
        page -> after(page, pages));
  }

  private static @Nullable String after(int page, int pages) {
    return page < pages ? Integer.toString(page + 1) : null;
  }

  @Test
  void readsAllPagesOrNone() {
    assertThat(read(3, 3)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> read(4, 3))
        .isInstanceOf(ReconcileException.class)
        .hasMessage("a listing has more than 3 pages; it is not acted on");
  }

  @Test
  void aClusterOfMoreThanTenThousandTasksIsReadWhole() {
    assertThat(read(105, Pages.holding(10_500))).hasSize(105);
    assertThat(Pages.holding(0)).isEqualTo(Pages.MAX_PAGES);
  }
}
