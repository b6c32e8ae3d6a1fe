package dev.shepherd.local.bench;

import dev.shepherd.shared.config.ConfigText;
import dev.shepherd.shared.config.ConfigValidator;
import dev.shepherd.shared.config.Validation;
import dev.shepherd.shared.config.ValidationTarget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What JMH calls in a process of its own: a config's text read and validated, and beside it the
 * same text read by the YAML library alone.
 */
@State(Scope.Benchmark)
public class ValidateBenchmark {
  /** The text's size in bytes, at most. */
  @Param({"512", "4096", "8192"})
  public int bytes;

  private String text = "";

  /** Makes the text; loads nothing of what is measured. */
  @Setup
  public void makeText() {
    text = ConfigSample.ofAtMost(bytes);
  }

  /** A config by itself. */
  @Benchmark
  public Validation alone() {
    return ConfigValidator.validate(ConfigText.parse(text), ValidationTarget.UNKNOWN);
  }

  /** A config in its task. */
  @Benchmark
  public Validation inTask() {
    return ConfigValidator.validate(
        ConfigText.parse(text), ValidationTarget.task(ConfigSample.task()));
  }

  /** The YAML library's own reading: what no validator can do without. */
  @Benchmark
  public Object yaml() {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
