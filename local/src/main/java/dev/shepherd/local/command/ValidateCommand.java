package dev.shepherd.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Finding;
import dev.shepherd.shared.config.TaskFacts;
import dev.shepherd.shared.config.Validation;
import dev.shepherd.shared.config.ValidationTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says of config files what the collector would say at its start, without starting it. */
final class ValidateCommand implements Command {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public int run(List<String> arguments, PrintStream out) {
    Arguments parsed = Arguments.parse(
        arguments, Set.of("--adot", "--task-definition", "--container", "--format"), Set.of());
    String format = parsed.value("--format").orElse("text");
    if (!Set.of("text", "json").contains(format)) {
      throw new UsageException("--format is text or json");
    }
    if (parsed.rest().isEmpty()) {
      throw new UsageException("name the config files to check");
    }
    ValidationTarget target = target(parsed);
    ArrayNode documents = JsonNodeFactory.instance.arrayNode();
    boolean refused = false;
    for (String file : parsed.rest()) {
      String text = read(file);
      Validation validation = ConfigValidator.validate(ConfigText.parse(text), target);
      refused |= validation.verdict() == Validation.Verdict.INVALID;
      if (format.equals("json")) {
        documents.add(document(file, validation));
      } else {
        new FindingText(text).print(file, validation, out);
      }
    }
    if (format.equals("json")) {
      out.println(documents.toPrettyString());
    }
    return refused ? 1 : 0;
  }

  private static ValidationTarget target(Arguments parsed) {
    Optional<String> release = parsed.value("--adot");
    if (release
        .filter(version -> !version.matches("v?\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}"))
        .isPresent()) {
      throw new UsageException("--adot takes a version such as 0.49.0");
    }
    Optional<String> image =
        release.map(version -> "aws-otel-collector:v" + version.replaceFirst("^v", ""));
    Optional<String> file = parsed.value("--task-definition");
    if (file.isEmpty()) {
      return new ValidationTarget(image, Optional.empty());
    }
    TaskDefinitionFile definition =
        new TaskDefinitionFile(json(file.orElseThrow()), file.orElseThrow());
    TaskFacts task = definition.facts(parsed.value("--container"));
    return new ValidationTarget(image.or(() -> definition.image(task)), Optional.of(task));
  }

  private static JsonNode json(String file) {
    try {
      return JSON.readTree(read(file));
    } catch (JsonProcessingException broken) {
      throw new UsageException(file + " is not JSON: " + broken.getOriginalMessage());
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | java.nio.file.InvalidPathException unreadable) {
      throw new UsageException(file + " cannot be read: name a file of UTF-8 text");
    }
  }

  private static ObjectNode document(String file, Validation validation) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("file", file);
    document.put("verdict", lower(validation.verdict()));
    ArrayNode findings = document.putArray("findings");
    for (Finding finding : validation.findings()) {
      findings
          .addObject()
          .put("severity", lower(finding.severity()))
          .put("rule", finding.rule())
          .put("path", finding.path())
          .put("line", finding.line())
          .put("column", finding.column())
          .put("message", finding.message());
    }
    return document;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
