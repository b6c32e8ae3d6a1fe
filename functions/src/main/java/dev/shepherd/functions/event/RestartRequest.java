package dev.shepherd.functions.event;

import dev.shepherd.shared.fleet.ServiceName;
import java.time.Instant;

/**
 * TaskReplacement asks for a restart of a service whose only task has a sick collector.
 *
 * @param task the task's id
 */
public record RestartRequest(ServiceName service, String task, Instant time) {}
