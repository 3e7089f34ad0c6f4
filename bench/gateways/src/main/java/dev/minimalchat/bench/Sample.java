package dev.minimalchat.bench;

/// One gateway under one load, once.
///
/// @param cpuMicros what the gateway's processes have used, kernel time included
/// @param megabytes what they held: at most, or at rest
record Sample(Tally tally, double cpuMicros, double seconds, double megabytes) {
  double cpuPerEvent() {
    return cpuMicros / Math.max(1, tally.events());
  }

  double cpuPerAnswer() {
    return cpuMicros / Math.max(1, tally.answers());
  }

  double answersPerSecond() {
    return tally.answers() / seconds;
  }

  double kilobytesPerAnswer() {
    return megabytes * 1024 / Math.max(1, tally.answers());
  }

  double eventsPerSecond() {
    return tally.events() / seconds;
  }
}
