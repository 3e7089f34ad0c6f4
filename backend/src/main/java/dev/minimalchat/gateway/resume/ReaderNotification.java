package dev.minimalchat.gateway.resume;

import java.time.Duration;

/// Tells the reader of an answer that it has lost it. Waits until it knows, but not for one that is
/// blocked in a write to a connection that has died: it would delay the next reader, or the end of
/// the provider's work, until the write's timeout.
final class ReaderNotification {
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private ReaderNotification() {}

  static void send(Runnable notification) {
    try {
      Thread.startVirtualThread(notification).join(TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
