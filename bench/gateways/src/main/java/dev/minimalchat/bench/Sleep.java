package dev.minimalchat.bench;

final class Sleep {
  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the run was interrupted", e);
    }
  }

  private Sleep() {}
}
