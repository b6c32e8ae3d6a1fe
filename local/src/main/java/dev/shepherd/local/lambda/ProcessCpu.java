package dev.shepherd.local.lambda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What another process has taken of all processors, all of its threads together, to the nanosecond;
 * {@code /proc} has it to a hundredth of a second. Linux only: <a
 * href="https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html">its clock</a> is read.
 */
final class ProcessCpu {
  private static final long SECOND = 1_000_000_000;

  /** Of a process, all threads: the low bits of a clock's number in Linux. */
  private static final int CPUCLOCK_SCHED = 2;

  private ProcessCpu() {}

  /** 0 where there is no such process, or no such clock. */
  static long nanos(long pid) {
    if (pid <= 0) {
      return 0;
    }
    MemoryLayout timespec = MemoryLayout.sequenceLayout(2, ValueLayout.JAVA_LONG);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(timespec);
      int clock = (int) ((~pid << 3) | CPUCLOCK_SCHED);
      int failed = (int) clockGettime().invokeExact(clock, time);
      return failed == 0
          ? time.getAtIndex(ValueLayout.JAVA_LONG, 0) * SECOND
              + time.getAtIndex(ValueLayout.JAVA_LONG, 1)
          : 0;
    } catch (Throwable impossible) { // What invokeExact declares.
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings("restricted") // A C function is what this is about; ./shepherd allows it.
  private static MethodHandle clockGettime() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find("clock_gettime").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }
}
