package dev.shepherd.functions.aws;

import dev.shepherd.shared.fleet.ServiceName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many calls it takes to read tasks: listed by service or all of a cluster together, then
 * described. Each page of <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html">ListTasks</a>
 * and <a
 * href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html">DescribeTasks</a>
 * holds 100; services are counted one after another by {@link #with}.
 */
public final class TaskCalls {
  private static final int PAGE = 100;

  private final Map<String, Integer> ofCluster = new HashMap<>();
  private final int listings;
  private int lists;

  /** Of the tasks that run. */
  public TaskCalls() {
    this(1);
  }

  /** @param listings how many times each service is listed: for those that stopped, once more */
  public TaskCalls(int listings) {
    this.listings = listings;
  }

  /** All tasks of a cluster at once. */
  public static int together(int tasks) {
    return pages(tasks) + Math.ceilDiv(tasks, PAGE);
  }

  /** The tasks of services of one cluster that run so many each, service by service. */
  public static int byService(Collection<Integer> tasks) {
    int all = tasks.stream().mapToInt(Integer::intValue).sum();
    return tasks.stream().mapToInt(TaskCalls::pages).sum() + Math.ceilDiv(all, PAGE);
  }

  /**
   * How many of the calls that a run can still make are spent where they do not suffice for all:
   * waiting for the last of them would leave no time to act.
   */
  public static int some(int calls) {
    return calls * 3 / 4;
  }

  /** What those of this service and of all before it take, service by service. */
  public int with(ServiceName service, int tasks) {
    lists += pages(tasks) + listings - 1;
    ofCluster.merge(service.cluster(), tasks, Integer::sum);
    return lists
        + ofCluster.values().stream().mapToInt(all -> Math.ceilDiv(all, PAGE)).sum();
  }

  private static int pages(int tasks) {
    return Math.max(1, Math.ceilDiv(tasks, PAGE));
  }
}
