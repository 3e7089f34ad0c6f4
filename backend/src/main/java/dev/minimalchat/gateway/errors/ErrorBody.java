package dev.minimalchat.gateway.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// The JSON of a failure, the same in an HTTP response and in the stream's `error` event.
///
/// @param type only on the routes in OpenAI's shapes, whose clients need a string
/// @param param likewise; empty if no parameter is wrong
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorBody(
    String code,
    String message,
    boolean retryable,
    @JsonProperty("request_id") String requestId,
    @Nullable String type,
    @Nullable String param) {

  public static ErrorBody of(Failure failure, RequestId id) {
    return of(failure, id, failure.code().code(), null, null);
  }

  /// The error as OpenAI's clients read it.
  public static ErrorBody openAi(Failure failure, RequestId id) {
    ErrorCode code = failure.code();
    return of(failure, id, code.openAiCode(), code.openAiType(), failure.param());
  }

  private static ErrorBody of(
      Failure failure, RequestId id, String code, @Nullable String type, @Nullable String param) {
    return new ErrorBody(code, failure.userMessage(), failure.retryable(), id.value(), type, param);
  }

  /// The body of an HTTP response.
  public static Envelope envelope(Failure failure, RequestId id) {
    return new Envelope(of(failure, id));
  }

  /// `{"error": …}`
  public record Envelope(ErrorBody error) {}
}
