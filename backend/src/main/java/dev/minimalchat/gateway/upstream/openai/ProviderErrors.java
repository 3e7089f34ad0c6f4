package dev.minimalchat.gateway.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Decides what a provider's error means for the caller. The provider's own words stay in the
/// failure's cause, which only the log sees: they may name organisations and parts of keys.
final class ProviderErrors {
  private ProviderErrors() {}

  /// @param error the object under `error`, in any of the shapes servers use; may be missing
  static Failure of(int status, @Nullable JsonNode error, @Nullable Duration retryAfter) {
    String code = text(error, "code");
    String type = text(error, "type");
    String cause =
        "provider status=%d code=%s type=%s message=%s"
            .formatted(status, code, type, text(error, "message"));
    return new Failure(meaning(status, code, type), cause, retryAfter, null);
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
    if (error == null) {
      return "";
    }
    return error.isTextual() && field.equals("message")
        ? error.asText()
        : error.path(field).asText("");
  }
}
