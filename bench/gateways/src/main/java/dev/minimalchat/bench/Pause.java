package dev.minimalchat.bench;

/// Lets time pass, on purpose.
final class Pause {
  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the run was interrupted", e);
    }
  }

  private Pause() {}
}
