package dev.shepherd.functions.rollout;

import dev.shepherd.functions.event.RestartRequest;
import dev.shepherd.shared.fleet.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * The restarts that TaskReplacement's marks say it has asked for, read along with each look: a
 * request whose event is lost is seen there.
 */
final class AskedRestarts {
  private static final int ID_LEAST = 12;

  private final List<RestartRequest> asked = new ArrayList<>();

  /** Takes a fleet's marks; what cannot be read asks for nothing. */
  void accept(Optional<Parameter> marks) {
    marks.ifPresent(parameter -> {
      try {
        JsonNode.parser()
            .parse(parameter.value())
            .field("asked")
            .ifPresent(each -> each.asObject().forEach(this::add));
      } catch (RuntimeException _) {
        // The parser's and the records' exceptions; TaskReplacement reports what it cannot read.
      }
    });
  }

  private void add(String service, JsonNode request) {
    String[] name = service.split("/", 2);
    String task = request.field("task").map(JsonNode::asString).orElse("");
    Instant at = request.field("at").map(JsonNode::asString).map(Instant::parse).orElseThrow();
    if (name.length == 2 && task.length() >= ID_LEAST) {
      asked.add(new RestartRequest(new ServiceName(name[0], name[1]), task, at));
    }
  }

  /** Those since the last time. */
  List<RestartRequest> take() {
    List<RestartRequest> taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }
}
