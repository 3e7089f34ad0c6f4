package dev.minimalchat.bench;

/// The measurements of one gateway under one load.
///
/// @param cpuMicros CPU time of the gateway's processes, including kernel time
/// @param megabytes resident memory: the peak, or at rest
record Sample(LoadResult result, double cpuMicros, double seconds, double megabytes) {
  double cpuPerEvent() {
    return cpuMicros / Math.max(1, result.events());
  }

  double cpuPerAnswer() {
    return cpuMicros / Math.max(1, result.answers());
  }

  double answersPerSecond() {
    return result.answers() / seconds;
  }

  double kilobytesPerAnswer() {
    return megabytes * 1024 / Math.max(1, result.answers());
  }

  double eventsPerSecond() {
    return result.events() / seconds;
  }
}
