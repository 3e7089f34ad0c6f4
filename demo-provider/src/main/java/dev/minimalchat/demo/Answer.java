package dev.minimalchat.demo;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the provider sends in response to a request, independent of how it is written to HTTP.
sealed interface Answer {

  /// An event stream. It ends after the last step, even without a terminal event.
  record Streamed(List<Step> steps) implements Answer {
    public Streamed {
      steps = List.copyOf(steps);
    }

    static Streamed of(Step... steps) {
      return new Streamed(List.of(steps));
    }

    /// The ordinary answer: a pause, the text, `response.completed`.
    static Streamed text(String text) {
      return of(Step.thinkingPause(), Step.text(text), new Step.Completed());
    }
  }

  /// An HTTP status and the API's error document, instead of a stream.
  ///
  /// @param param the invalid field of the request
  record ErrorResponse(
      int status,
      String type,
      @Nullable String code,
      @Nullable String param,
      String message,
      @Nullable Duration retryAfter)
      implements Answer {

    static ErrorResponse of(int status, String type, String code, String message) {
      return new ErrorResponse(status, type, code, null, message, null);
    }
  }

  /// A 200 with a web page instead of a stream, as proxies and captive portals send it.
  record HtmlPage(String html) implements Answer {}

  /// The request is accepted and never answered, not even with a status.
  record NoResponse() implements Answer {}
}
