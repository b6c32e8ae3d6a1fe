package dev.shepherd.local.invariant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.shepherd.local.lambda.Invocation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Invariant 9: a run that acts says why, a StopTask carries its reason; no line of a config that is
 * longer than a few words, and no credential in one, is logged, told or answered.
 */
final class ReasonsWithoutTexts implements Rule {
  private static final int LONG_ENOUGH = 20;
  private static final Pattern REASON =
      Pattern.compile("\"decision\":\"[^\"]+\",\"reason\":\"[^\"]+");
  private static final Pattern CREDENTIAL = Pattern.compile(
      "(?i)(?:authorization|password|token|secret|api[_-]?key)\"?\\s*:\\s*\"?([^\"'\\s,}]{6,})");

  private final Configs configs;
  private final Set<String> parts = new HashSet<>();
  private final Set<String> clean = new HashSet<>();
  private final Map<String, Act> unexplained = new HashMap<>();

  ReasonsWithoutTexts(Configs configs) {
    this.configs = configs;
  }

  @Override
  public void before(Act act, Checks checks) {
    if (act.is("ecs:StopTask")) {
      checks.that(9, !act.text("reason").isBlank(), () -> act + " gives no reason");
    }
  }

  @Override
  public void after(Act act) {
    if (act.operation().startsWith("ecs:") || act.operation().startsWith("servicediscovery:")) {
      unexplained.put(act.caller().function(), act);
    }
  }

  @Override
  public void event(ObjectNode event, Checks checks) {
    String type = event.path("detail-type").asText();
    String name = event.path("detail").path("name").asText();
    if (type.equals("Parameter Store Change") && configs.terms().configs().contains(name)) {
      configs
          .world()
          .parameters()
          .find(name)
          .ifPresent(parameter -> learn(parameter.latest().text()));
    } else if (event.path("source").asText().equals("shepherd")) {
      check(event.path("detail").toString(), "the event " + type, checks);
    }
  }

  private void learn(String text) {
    text.lines().map(String::strip).filter(line -> line.length() >= LONG_ENOUGH).forEach(this::add);
    Matcher credential = CREDENTIAL.matcher(text);
    while (credential.find()) {
      add(credential.group(1));
    }
    clean.clear();
  }

  /** As it is, and as JSON would write it. */
  private void add(String part) {
    String json = TextNode.valueOf(part).toString();
    parts.add(part);
    parts.add(json.substring(1, json.length() - 1));
  }

  @Override
  public void ended(Invocation run, Checks checks) {
    run.log().forEach(line -> check(line, "a log line of " + run.function(), checks));
    check(run.answer(), "the answer of " + run.function(), checks);
    run.failure().ifPresent(why -> check(why, "an error of " + run.function(), checks));
    Optional<Act> act = Optional.ofNullable(unexplained.remove(run.function()));
    if (act.isPresent() && run.failure().isEmpty()) { // A run that was killed cannot say.
      checks.that(
          9,
          run.log().stream().anyMatch(line -> REASON.matcher(line).find()),
          () -> act.get() + " was done in a run that gives no reason");
    }
  }

  private void check(String told, String where, Checks checks) {
    if (clean.contains(told)) {
      return;
    }
    boolean leaks = parts.stream().anyMatch(told::contains);
    checks.that(9, !leaks, () -> where + " holds a part of a config");
    if (!leaks && clean.size() < 10_000) {
      clean.add(told);
    }
  }
}
