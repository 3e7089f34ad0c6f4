package dev.minimalchat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// CPU time and memory of a process and its children, from `/proc`.
final class ProcessMetrics {
  /// `USER_HZ` is 100 on Linux, independent of the kernel's timer frequency.
  private static final double MICROS_PER_TICK = 10_000;

  private final ProcessHandle process;

  ProcessMetrics(ProcessHandle process) {
    this.process = process;
  }

  double cpuMicros() {
    return tree().mapToLong(ProcessMetrics::ticks).sum() * MICROS_PER_TICK;
  }

  double residentMegabytes() {
    return kilobytes("VmRSS:") / 1024;
  }

  double peakResidentMegabytes() {
    return kilobytes("VmHWM:") / 1024;
  }

  private double kilobytes(String key) {
    return tree().mapToDouble(it -> kilobytes(it, key)).sum();
  }

  private Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  /// utime and stime, fields 14 and 15 of proc(5) `stat`; field 2 may contain spaces.
  private static long ticks(ProcessHandle process) {
    String stat = read(process, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static double kilobytes(ProcessHandle process, String key) {
    return read(process, "status").lines()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .sum();
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("a gateway exited during the run", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
