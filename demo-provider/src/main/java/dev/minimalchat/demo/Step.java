package dev.minimalchat.demo;

import java.time.Duration;

/// One action in an open event stream.
sealed interface Step {

  /// Sends the text word by word.
  ///
  /// @param interval the delay after each word
  record Text(Content content, String text, Duration interval) implements Step {}

  /// A search of the web, as an output item of its own.
  ///
  /// @param duration how long it takes
  record WebSearch(String query, Duration duration) implements Step {}

  /// A search of the operator's documents, as an output item of its own.
  record FileSearch(Duration duration) implements Step {}

  /// The text so far cites a source.
  ///
  /// @param link the end of the text that links to it; empty if there is none
  record Annotation(Source source, String link) implements Step {}

  /// What an answer cites.
  sealed interface Source {}

  /// A web page.
  record Page(String url, String title) implements Source {}

  /// One of the operator's documents.
  record Document(String filename) implements Source {}

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

  /// Ten words per second, as a model that thinks.
  static Step reasoning(String text) {
    return new Text(Content.SUMMARY, text, Duration.ofMillis(100));
  }

  /// Fifty words per second, the speed of a fast model.
  static Step text(String text) {
    return new Text(Content.TEXT, text, Duration.ofMillis(20));
  }

  static Step hang() {
    return new Pause(BEYOND_CLIENT_TIMEOUT);
  }
}
