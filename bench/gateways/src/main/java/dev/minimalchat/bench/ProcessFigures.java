package dev.minimalchat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// What the kernel has counted of a process and its children.
final class ProcessFigures {
  /// Linux counts CPU time in hundredths of a second, whatever its own clock is.
  private static final double MICROS_PER_TICK = 10_000;

  private final ProcessHandle process;

  ProcessFigures(ProcessHandle process) {
    this.process = process;
  }

  double cpuMicros() {
    return tree().mapToLong(ProcessFigures::ticks).sum() * MICROS_PER_TICK;
  }

  double residentMegabytes() {
    return kilobytes("VmRSS:") / 1024;
  }

  double peakResidentMegabytes() {
    return kilobytes("VmHWM:") / 1024;
  }

  /// Lets the peak begin anew.
  void forgetThePeak() {
    tree()
        .forEach(it -> {
          try {
            Files.writeString(Path.of("/proc/" + it.pid() + "/clear_refs"), "5");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private double kilobytes(String key) {
    return tree().mapToDouble(it -> kilobytes(it, key)).sum();
  }

  private Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  /// utime and stime, the 14th and 15th field; the 2nd may hold spaces.
  private static long ticks(ProcessHandle process) {
    String stat = read(process, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static double kilobytes(ProcessHandle process, String key) {
    return Arrays.stream(read(process, "status").split("\n"))
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .sum();
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("a gateway has ended by itself", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
