package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ConfigHash;
import dev.shepherd.shared.rollout.Held;
import dev.shepherd.shared.rollout.Moving;
import dev.shepherd.shared.rollout.Quarantine;
import dev.shepherd.shared.rollout.Rejection;
import dev.shepherd.shared.rollout.RolloutState;
import dev.shepherd.shared.rollout.RolloutState.Phase;
import dev.shepherd.shared.rollout.Trial;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The {@code state} parameter's JSON: what operators read there, and what the next run goes on
 * from. It fits a standard parameter, <a
 * href="https://docs.aws.amazon.com/general/latest/gr/ssm.html">4 KB</a>.
 */
// Over 200 lines: each member is written beside where it is read.
public final class StateJson {
  static final int MAX_BYTES = 4096;
  private static final int SCHEMA = 1;
  /** How long a reason may be, tried in this order; one of ten in quarantine has a share. */
  private static final List<Integer> REASON_LENGTHS = List.of(700, 400, 120, 30, 0);

  private static final int QUARANTINE_SHARE = 3;

  /**
   * What the state may take on while services are under way: 40 alarms and 24 probed groups of the
   * next rollout are 850 bytes, one more in quarantine, a refusal and a hold without their reasons
   * 250.
   */
  private static final int RESERVE = 1100;

  private StateJson() {}

  /**
   * The state as JSON; reasons and findings are cut shorter where it would not fit, and at last the
   * proofs are left out: a text that was completed before is then tried like a new one.
   *
   * @throws ReconcileException if it does not fit without them either
   */
  public static String write(RolloutState state) {
    for (int length : REASON_LENGTHS) {
      String text = write(state, length);
      if (bytes(text) <= MAX_BYTES) {
        return text;
      }
    }
    throw new ReconcileException("the rollout's state would be over " + MAX_BYTES
        + " bytes; delete it to have the fleet adopted anew");
  }

  /**
   * Whether it will still fit when all of these services have been deployed and are well, and more
   * than they has to be remembered.
   */
  public static boolean hasRoomFor(RolloutState state) {
    List<Moving> grown = state.moving().stream().map(MovingText::grown).toList();
    return bytes(write(state.moving(grown), REASON_LENGTHS.getLast())) <= MAX_BYTES - RESERVE;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String write(RolloutState state, int reason) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("live", state.live());
    json.put("previous", state.previous());
    json.put("completed", state.completed());
    json.put("candidate", state.candidate());
    json.put("phase", state.phase().name().toLowerCase(Locale.ROOT));
    json.put("since", state.since());
    String arns = state.moving().stream().findFirst().map(MovingText::arns).orElse("");
    json.put("arns", Optional.of(arns).filter(text -> !text.isEmpty()));
    json.put(
        "moving",
        state.moving().stream()
            .<Object>map(mark -> MovingText.write(mark, arns))
            .toList());
    // Those of the tags are kept: what is not remembered would be noted anew by every look.
    json.put(
        "findings",
        reason < REASON_LENGTHS.getFirst()
            ? state.findings().stream().filter(RolloutState::isOfTags).toList()
            : state.findings());
    json.put("rejected", state.rejected().map(refused -> rejected(refused, reason)));
    json.put(
        "quarantined",
        state.quarantined().stream()
            .<Object>map(failed -> quarantined(failed, reason))
            .toList());
    json.put("released", state.released());
    json.put("wellAtStart", state.wellAtStart());
    json.put("okAlarms", state.okAlarms());
    json.put("held", state.held().map(hold -> held(hold, reason)));
    json.put("trial", TrialJson.write(state.trial()));
    json.put(
        "proofs",
        state.proofs().stream()
            .filter(_ -> reason > 0)
            .<Object>map(proof -> proof.hash() + " " + proof.binary())
            .toList());
    json.put("retiring", state.retiring());
    return Json.write(json);
  }

  private static Map<String, Object> rejected(Rejection rejection, int length) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("hash", rejection.hash());
    json.put("version", rejection.version());
    json.put("reason", capped(rejection.reason(), length));
    return json;
  }

  private static Map<String, Object> quarantined(Quarantine failed, int length) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("hash", failed.hash());
    json.put("image", failed.binary());
    json.put("reason", capped(failed.reason(), length / QUARANTINE_SHARE));
    return json;
  }

  private static Quarantine readQuarantine(JsonNode json) {
    return new Quarantine(
        new ConfigHash(text(json, "hash")), text(json, "image"), text(json, "reason"));
  }

  private static Map<String, Object> held(Held held, int length) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", capped(held.reason(), length));
    json.put("since", held.since());
    json.put("tries", held.tries());
    return json;
  }

  private static Held readHeld(JsonNode json) {
    return new Held(
        text(json, "reason"),
        Instant.parse(text(json, "since")),
        Integer.parseInt(text(json, "tries")));
  }

  private static String capped(String reason, int length) {
    return reason.length() <= length ? reason : reason.substring(0, length) + "…";
  }

  /**
   * The state that such a parameter holds.
   *
   * @throws ReconcileException if it is not what {@link #write} wrote; the fleet is left alone then
   */
  public static RolloutState read(String text, String parameter) {
    try {
      return read(JsonNode.parser().parse(text));
    } catch (RuntimeException unreadable) {
      // Parser, records and parsing of times each have their own; all say that it is not ours.
      throw new ReconcileException(parameter
          + " is not a state that this release can read; delete it to have the fleet adopted anew");
    }
  }

  private static RolloutState read(JsonNode json) {
    if (!text(json, "schema").equals(Integer.toString(SCHEMA))) {
      throw new IllegalArgumentException("schema");
    }
    return new RolloutState(
        new ConfigHash(text(json, "live")),
        optional(json, "previous").map(ConfigHash::new),
        items(json, "completed").stream()
            .map(JsonNode::asString)
            .map(ConfigHash::new)
            .toList(),
        optional(json, "candidate").map(ConfigHash::new),
        Phase.valueOf(text(json, "phase").toUpperCase(Locale.ROOT)),
        Instant.parse(text(json, "since")),
        items(json, "moving").stream()
            .map(mark -> MovingText.read(mark.text(), optional(json, "arns").orElse("")))
            .toList(),
        items(json, "findings").stream().map(JsonNode::asString).toList(),
        json.field("rejected").map(StateJson::readRejected),
        items(json, "quarantined").stream().map(StateJson::readQuarantine).toList(),
        optional(json, "released").map(ConfigHash::new),
        Integer.parseInt(text(json, "wellAtStart")),
        json.field("okAlarms")
            .map(keys -> keys.asArray().stream().map(JsonNode::asString).toList()),
        json.field("held").map(StateJson::readHeld),
        json.field("trial").map(TrialJson::read).orElse(Trial.NONE),
        items(json, "proofs").stream()
            .map(JsonNode::asString)
            .map(proof -> proof.split(" ", 2))
            .map(proof -> new RolloutState.Proof(new ConfigHash(proof[0]), proof[1]))
            .toList(),
        flag(json, "retiring"));
  }

  private static Rejection readRejected(JsonNode json) {
    return new Rejection(
        new ConfigHash(text(json, "hash")),
        Long.parseLong(text(json, "version")),
        text(json, "reason"));
  }

  static boolean flag(JsonNode json, String field) {
    return json.field(field).filter(JsonNode::asBoolean).isPresent();
  }

  static List<JsonNode> items(JsonNode json, String field) {
    return json.field(field).map(JsonNode::asArray).orElse(List.of());
  }

  static Optional<String> optional(JsonNode json, String field) {
    return json.field(field).map(JsonNode::text);
  }

  static String text(JsonNode json, String field) {
    return optional(json, field).orElseThrow(() -> new IllegalArgumentException(field));
  }
}
