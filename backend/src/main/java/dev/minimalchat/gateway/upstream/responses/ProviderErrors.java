package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Maps a provider's error to an [ErrorCode]. The provider's message is discarded, also for the
/// log: it can quote organisations, parts of keys and the user's text.
final class ProviderErrors {
  /// Codes and types of transient errors inside a stream, where the HTTP status is 200.
  private static final Set<String> TRANSIENT_CODES =
      Set.of(
          "server_error",
          "rate_limit_exceeded",
          "slow_down",
          "server_is_overloaded",
          "rate_limit_error",
          "overloaded_error",
          "service_unavailable_error",
          "429",
          "500",
          "502",
          "503",
          "529");

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private ProviderErrors() {}

  /// @param status the HTTP status, 200 for an error inside a stream
  /// @param error the object under `error`, in any of the shapes that servers send
  static UpstreamFailure of(int status, @Nullable JsonNode error) {
    return of(status, error, null, null);
  }

  /// @param retryAfter the provider's `Retry-After`
  /// @param shouldRetry the provider's `x-should-retry`, which overrides our rules
  static UpstreamFailure of(
      int status,
      @Nullable JsonNode error,
      @Nullable Duration retryAfter,
      @Nullable Boolean shouldRetry) {
    String code = text(error, "code");
    String type = text(error, "type");
    String cause =
        "provider status %d code %s type %s".formatted(status, sanitized(code), sanitized(type));
    boolean transient_ = shouldRetry == null ? isTransient(status, code, type) : shouldRetry;
    UpstreamFailure failure =
        new UpstreamFailure(toErrorCode(status, code, type), transient_, cause, retryAfter, null);
    return isServerError(status, code, type) ? failure.asServerError() : failure;
  }

  private static boolean isServerError(int status, String code, String type) {
    return switch (status) {
      case 200 -> code.equals("500") || code.equals("server_error") || type.equals("server_error");
      case 502, 503, 504, 529 -> false;
      default -> status >= 500;
    };
  }

  private static boolean isTransient(int status, String code, String type) {
    if (code.equals("insufficient_quota") || type.equals("insufficient_quota")) {
      return false;
    }
    return switch (status) {
      case 200 -> TRANSIENT_CODES.contains(code) || TRANSIENT_CODES.contains(type);
      case 408, 409, 429 -> true;
      default -> status >= 500;
    };
  }

  private static ErrorCode toErrorCode(int status, String code, String type) {
    return switch (code) {
      case "insufficient_quota" -> ErrorCode.PROVIDER_ERROR;
      case "context_length_exceeded", "string_above_max_length" -> ErrorCode.CONTEXT_TOO_LONG;
      case "rate_limit_exceeded", "slow_down", "server_is_overloaded", "429", "503", "529" ->
          ErrorCode.OVERLOADED;
      default -> toErrorCode(status, type);
    };
  }

  private static ErrorCode toErrorCode(int status, String type) {
    return switch (type) {
      case "insufficient_quota" -> ErrorCode.PROVIDER_ERROR;
      case "rate_limit_error", "overloaded_error", "service_unavailable_error" ->
          ErrorCode.OVERLOADED;
      case "exceed_context_size_error" -> ErrorCode.CONTEXT_TOO_LONG;
      default -> toErrorCode(status);
    };
  }

  private static ErrorCode toErrorCode(int status) {
    return switch (status) {
      case 408, 504 -> ErrorCode.TIMEOUT;
      case 413 -> ErrorCode.CONTEXT_TOO_LONG;
      case 429, 503, 529 -> ErrorCode.OVERLOADED;
      default -> ErrorCode.PROVIDER_ERROR;
    };
  }

  private static String text(@Nullable JsonNode error, String field) {
    return error == null ? "" : error.path(field).asText("");
  }

  /// Restricts a provider's value to characters that are safe in a log line.
  private static String sanitized(String word) {
    return WORD.matcher(word).matches() ? word : "none";
  }
}
