package dev.minimalchat.gateway.errors;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The JSON of a failure, the same in an HTTP response and in the stream's `error` event.
public record ErrorBody(
    String code, String message, boolean retryable, @JsonProperty("request_id") String requestId) {

  public static ErrorBody of(Failure failure, RequestId id) {
    return new ErrorBody(
        failure.code().code(), failure.userMessage(), failure.retryable(), id.value());
  }

  /// The body of an HTTP response.
  public static Envelope envelope(Failure failure, RequestId id) {
    return new Envelope(of(failure, id));
  }

  /// `{"error": …}`
  public record Envelope(ErrorBody error) {}
}
