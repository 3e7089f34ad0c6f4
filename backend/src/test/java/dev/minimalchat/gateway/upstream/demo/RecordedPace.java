package dev.minimalchat.gateway.upstream.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Lets no time pass, and remembers how much should have.
final class RecordedPace implements Pace {
  private final List<Duration> rests = new CopyOnWriteArrayList<>();

  @Override
  public void rest(Duration duration) {
    rests.add(duration);
  }

  List<Duration> rests() {
    return rests;
  }

  Duration total() {
    return rests.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
