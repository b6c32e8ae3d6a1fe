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
 * holds 100; services are counted one after another by {@link #fit}.
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

  /**
   * Counts these services, too, if they and all that were counted before take no more than so many
   * calls, service by service.
   *
   * @param tasks how many of each
   * @return whether they are counted
   */
  public boolean fit(int calls, Map<ServiceName, Integer> tasks) {
    Map<String, Integer> sums = new HashMap<>(ofCluster);
    int more = 0;
    for (Map.Entry<ServiceName, Integer> each : tasks.entrySet()) {
      more += pages(each.getValue()) + listings - 1;
      sums.merge(each.getKey().cluster(), each.getValue(), Integer::sum);
    }
    int described =
        sums.values().stream().mapToInt(all -> Math.ceilDiv(all, PAGE)).sum();
    boolean fits = lists + more + described <= calls;
    if (fits) {
      lists += more;
      ofCluster.putAll(sums);
    }
    return fits;
  }

  private static int pages(int tasks) {
    return Math.max(1, Math.ceilDiv(tasks, PAGE));
  }
}
