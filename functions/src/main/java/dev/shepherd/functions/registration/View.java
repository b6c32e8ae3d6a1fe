package dev.shepherd.functions.registration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * What all Cloud Map services of a run are seen by.
 *
 * @param begun when the first instances were listed, or before
 * @param tasks by cluster
 */
record View(Instant begun, Registries.Found found, Map<String, List<Task>> tasks) {}
