package dev.shepherd.shared.config;

/** Placeholder until the next edit. */
final class TaskRules {
  private TaskRules() {}

  static void check(TaskFacts task, Layout layout, Servers servers, Report report) {}
}
