package dev.minimalchat.gateway.errors;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The JSON of a failure, in an HTTP answer and in the stream's `error` event alike.
public record ErrorBody(
    String code, String message, boolean retryable, @JsonProperty("request_id") String requestId) {

  public static ErrorBody of(Failure failure, RequestId id) {
    return new ErrorBody(
        failure.code().code(), failure.userMessage(), failure.code().retryable(), id.value());
  }

  /// `{"error": …}`, the whole body of an HTTP answer.
  record Envelope(ErrorBody error) {}
}
