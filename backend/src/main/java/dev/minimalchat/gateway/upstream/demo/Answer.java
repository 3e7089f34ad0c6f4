package dev.minimalchat.gateway.upstream.demo;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes back for a question. It says what happens, not how it is written to the wire.
sealed interface Answer {

  /// An event stream; it ends where the steps end, which need not be a good ending.
  record Streamed(List<Step> steps) implements Answer {
    public Streamed {
      steps = List.copyOf(steps);
    }

    static Streamed of(Step... steps) {
      return new Streamed(List.of(steps));
    }

    /// The ordinary case: a moment's thought, the text, the end.
    static Streamed saying(String text) {
      return of(Step.thought(), Step.words(text), new Step.Completed());
    }
  }

  /// An HTTP status and the API's error document, before any stream.
  ///
  /// @param param the field of the request that is at fault
  record Declined(
      int status,
      String type,
      @Nullable String code,
      @Nullable String param,
      String message,
      @Nullable Duration retryAfter)
      implements Answer {

    static Declined of(int status, String type, String code, String message) {
      return new Declined(status, type, code, null, message, null);
    }
  }

  /// A 200 that is no answer at all, as proxies and captive portals send it.
  record Page(String html) implements Answer {}

  /// Not even a status.
  record Silence() implements Answer {}
}
