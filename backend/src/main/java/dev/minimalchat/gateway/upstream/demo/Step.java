package dev.minimalchat.gateway.upstream.demo;

import java.time.Duration;

/// One thing that happens in a stream after it has been opened.
sealed interface Step {

  /// The text goes out word by word, with a rest after each.
  record Say(Content content, String text, Duration each) implements Step {}

  record Pause(Duration duration) implements Step {}

  /// A line that event streams allow and that says nothing.
  record Comment(String text) implements Step {}

  record Completed() implements Step {}

  /// The answer is cut short.
  ///
  /// @param reason `max_output_tokens` or `content_filter`
  record Incomplete(String reason) implements Step {}

  /// The `error` event, nested as the API really sends it.
  record Fault(String code, String message) implements Step {}

  /// The terminal event that usually follows a [Fault].
  record Failed(String code, String message) implements Step {}

  /// The connection breaks in the middle of the stream.
  record Cut() implements Step {}

  /// Longer than any client should wait, so that the client is always the first to give up.
  Duration NEVER = Duration.ofMinutes(10);

  static Step thought() {
    return new Pause(Duration.ofMillis(300));
  }

  /// Fifty words a second, the pace of a brisk model.
  static Step words(String text) {
    return new Say(Content.TEXT, text, Duration.ofMillis(20));
  }

  static Step silence() {
    return new Pause(NEVER);
  }
}
