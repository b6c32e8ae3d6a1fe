/** The pure core. What is not required here cannot be imported: no AWS, no JSON, no logging. */
module dev.shepherd.shared {
  requires static org.jspecify;
  requires org.snakeyaml.engine;

  exports dev.shepherd.shared.config;
  exports dev.shepherd.shared.fleet;
  exports dev.shepherd.shared.registration;
  exports dev.shepherd.shared.replacement;
  exports dev.shepherd.shared.rollout;
}
