package dev.minimalchat.demo;

import java.time.Duration;

/// One action in an open event stream.
sealed interface Step {

  /// Sends the text word by word.
  ///
  /// @param interval the delay after each word
  record Text(Content content, String text, Duration interval) implements Step {}

  record Pause(Duration duration) implements Step {}

  /// A comment line of the event stream, which clients ignore.
  record Comment(String text) implements Step {}

  record Completed() implements Step {}

  /// Ends the answer with `response.incomplete`.
  ///
  /// @param reason `max_output_tokens` or `content_filter`
  record Incomplete(String reason) implements Step {}

  /// The `error` event, with its fields nested under `error` as the API sends it.
  record ErrorEvent(String code, String message) implements Step {}

  /// The terminal event `response.failed`, which usually follows an [ErrorEvent].
  record Failed(String code, String message) implements Step {}

  /// Closes the connection in the middle of the stream.
  record Disconnect() implements Step {}

  /// Longer than any client's timeout.
  Duration BEYOND_CLIENT_TIMEOUT = Duration.ofMinutes(10);

  static Step thinkingPause() {
    return new Pause(Duration.ofMillis(300));
  }

  /// Fifty words per second, the speed of a fast model.
  static Step text(String text) {
    return new Text(Content.TEXT, text, Duration.ofMillis(20));
  }

  static Step hang() {
    return new Pause(BEYOND_CLIENT_TIMEOUT);
  }
}
