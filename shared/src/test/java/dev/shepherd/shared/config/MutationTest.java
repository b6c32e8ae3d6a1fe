package dev.shepherd.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Broken configs, by the thousand: never an exception, a hang, or a value in a finding. */
class MutationTest {
  private static final int MUTATIONS = 20_000;
  private static final String SECRET = "Zq7SeCrEtVaLuE";
  private static final List<String> PIECES = List.of(
      "\n",
      " ",
      ":",
      ": ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "<<: ",
      "|",
      ">",
      "'",
      "\"",
      "#",
      "%",
      "!!int ",
      "? ",
      "\t",
      "${env:",
      "${",
      "}",
      "$$",
      "::",
      "~",
      "null",
      "true",
      "1e99",
      "-1",
      "0x",
      "\u00e9",
      "\uD83D\uDE00",
      "---\n",
      "...\n",
      ",",
      "/",
      "(",
      "*",
      "\\");

  @Test
  void noMutationBreaksTheValidator() {
    List<String> texts = Catalogue.lines("corpus/index.txt").stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('|')))
        .map(file -> String.join("\n", Catalogue.lines("corpus/" + file)))
        .toList();
    for (int seed = 0; seed < MUTATIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String text = mutated(texts.get(random.nextInt(texts.size())), random);
      int number = seed;
      Validation validation =
          ConfigValidator.validate(ConfigText.parse(text), ValidationTarget.UNKNOWN);
      assertThat(validation.findings())
          .as("seed %s", number)
          .noneMatch(finding -> finding.message().contains(SECRET));
    }
  }

  private static String mutated(String text, SplittableRandom random) {
    StringBuilder mutated = new StringBuilder(text);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(12)));
        case 2 -> mutated.insert(at, SECRET);
        case 3 -> {
          int from = random.nextInt(text.length());
          mutated.insert(at, text, from, Math.min(text.length(), from + random.nextInt(200)));
        }
        default -> {
          int value = mutated.indexOf(": ", at);
          mutated.insert(value < 0 ? at : value + 2, SECRET);
        }
      }
    }
    return mutated.toString();
  }
}
