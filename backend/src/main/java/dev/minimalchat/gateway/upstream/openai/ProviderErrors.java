package dev.minimalchat.gateway.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides what a provider's error means for the caller. The provider's message goes nowhere, not
/// even into the log: it may quote organisations, parts of keys and what the user wrote.
final class ProviderErrors {
  /// What providers call a failure that passes, when a stream's 200 hides the status.
  private static final Set<String> PASSING_CODES =
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
  /// @param error the object under `error`, in any of the shapes servers use; may be missing
  static UpstreamFailure of(int status, @Nullable JsonNode error) {
    return of(status, error, null, null);
  }

  /// @param retryAfter what the provider asks callers to wait
  /// @param shouldRetry the provider's own word on whether to ask again, which decides
  static UpstreamFailure of(
      int status,
      @Nullable JsonNode error,
      @Nullable Duration retryAfter,
      @Nullable Boolean shouldRetry) {
    String code = text(error, "code");
    String type = text(error, "type");
    String cause =
        "provider status %d code %s type %s".formatted(status, harmless(code), harmless(type));
    boolean passing = shouldRetry == null ? passes(status, code, type) : shouldRetry;
    return new UpstreamFailure(meaning(status, code, type), passing, cause, retryAfter, null);
  }

  private static boolean passes(int status, String code, String type) {
    if (code.equals("insufficient_quota") || type.equals("insufficient_quota")) {
      return false;
    }
    return switch (status) {
      case 200 -> PASSING_CODES.contains(code) || PASSING_CODES.contains(type);
      case 408, 409, 429 -> true;
      default -> status >= 500;
    };
  }

  private static ErrorCode meaning(int status, String code, String type) {
    return switch (code) {
      case "insufficient_quota" -> ErrorCode.PROVIDER_ERROR;
      case "context_length_exceeded", "string_above_max_length" -> ErrorCode.CONTEXT_TOO_LONG;
      case "rate_limit_exceeded", "slow_down", "server_is_overloaded", "429", "503", "529" ->
          ErrorCode.OVERLOADED;
      default -> meaning(status, type);
    };
  }

  private static ErrorCode meaning(int status, String type) {
    return switch (type) {
      case "insufficient_quota" -> ErrorCode.PROVIDER_ERROR;
      case "rate_limit_error", "overloaded_error", "service_unavailable_error" ->
          ErrorCode.OVERLOADED;
      case "exceed_context_size_error" -> ErrorCode.CONTEXT_TOO_LONG;
      default -> meaning(status);
    };
  }

  private static ErrorCode meaning(int status) {
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

  /// A word that may stand in a log line, whatever the provider put there.
  private static String harmless(String word) {
    return WORD.matcher(word).matches() ? word : "none";
  }
}
