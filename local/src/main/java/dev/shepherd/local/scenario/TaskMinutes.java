package dev.shepherd.local.scenario;

/**
 * What a run cost in minutes of tasks.
 *
 * @param onBadConfig of tasks that read a text whose behaviour is not ok
 * @param withoutCollector of serving tasks whose collector is not up and well
 * @param unavailableByShepherd between a task's stop through Shepherd and its successor's serving
 */
public record TaskMinutes(
    double onBadConfig, double withoutCollector, double unavailableByShepherd) {
  static final TaskMinutes NONE = new TaskMinutes(0, 0, 0);
}
