package dev.shepherd.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shepherd.local.lambda.BuiltFunction;
import dev.shepherd.local.lambda.Template;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the built artifact on one event, through AWS's runtime interface client. */
final class InvokeCommand implements Command {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    Arguments parsed =
        Arguments.parse(arguments, Set.of("--function", "--endpoint-url"), Set.of("--dry-run"));
    byte[] event = event(parsed);
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new UsageException("needs Linux: AWS's runtime interface client has no library for "
          + System.getProperty("os.name"));
    }
    Path root = Path.of(System.getProperty("shepherd.root", "."));
    Template.Function function = function(
        Template.read(root.resolve("template.yaml"), Map.of()),
        parsed.value("--function").orElse("ConfigRollout"));
    try (Endpoint endpoint = Endpoint.of(parsed.value("--endpoint-url"), System.getenv())) {
      Path zip = root.resolve("functions/target/shepherd-functions.zip");
      BuiltFunction.Result result =
          new BuiltFunction(zip, function).invoke(event, endpoint.environment());
      out.println(result.json());
      return result.failed() || listsFailures(result.json()) ? 1 : 0;
    } catch (IOException silent) {
      System.err.println("shepherd invoke: " + function.name() + ": " + silent.getMessage());
      return 1;
    }
  }

  /** Fleets that it could not reconcile; the function itself answered, so that others went on. */
  static boolean listsFailures(String answer) throws JsonProcessingException {
    return !JSON.readTree(answer).path("failures").isEmpty();
  }

  private static Template.Function function(Template template, String name) {
    List<Template.Function> all = template.functions();
    return all.stream()
        .filter(function -> function.name().equals(name) || function.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("there is no function " + name + ", but: "
            + all.stream().map(Template.Function::name).collect(Collectors.joining(", "))));
  }

  /** The file's bytes as they are; with {@code --dry-run} an object with one more member. */
  private static byte[] event(Arguments parsed) {
    if (parsed.rest().size() != 1) {
      throw new UsageException("name one EVENT.json; events/ has examples");
    }
    Path file = Path.of(parsed.rest().getFirst());
    try {
      byte[] bytes = Files.readAllBytes(file);
      JsonNode event = JSON.readTree(bytes);
      if (event.isMissingNode()) {
        throw new UsageException(file + " is empty: it should hold one JSON document");
      }
      if (!parsed.has("--dry-run")) {
        return bytes;
      }
      if (event instanceof ObjectNode object) {
        return object.put("dryRun", true).toString().getBytes(StandardCharsets.UTF_8);
      }
      throw new UsageException(file + " is no JSON object, so --dry-run has no place in it");
    } catch (MismatchedInputException more) {
      throw new UsageException(
          file + " holds more than one JSON document; the second begins at line "
              + more.getLocation().getLineNr());
    } catch (JsonProcessingException wrong) {
      throw new UsageException(file + " is not JSON: " + wrong.getOriginalMessage() + " at line "
          + wrong.getLocation().getLineNr());
    } catch (IOException unreadable) {
      throw new UsageException(file + " cannot be read: name a file that holds one JSON document");
    }
  }
}
