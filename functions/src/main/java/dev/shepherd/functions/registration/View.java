package dev.shepherd.functions.registration;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * What all Cloud Map services of a run are seen by.
 *
 * @param tasks by cluster
 */
record View(Registries.Found found, Map<String, List<Task>> tasks) {}
