package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Maps a provider's error to an [ErrorCode]. The provider's words are discarded, also for the log:
/// they can quote organisations, keys and the user's text. Codes and types are logged if they are
/// known.
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

  /// Codes and types that may be logged, besides the transient ones.
  private static final Set<String> KNOWN_CODES =
      Set.of(
          "api_error",
          "authentication_error",
          "billing_not_active",
          "bio_policy",
          "content_filter",
          "content_policy_violation",
          "context_length_exceeded",
          "decimal_above_max_value",
          "decimal_below_min_value",
          "exceed_context_size_error",
          "insufficient_quota",
          "integer_above_max_value",
          "integer_below_min_value",
          "invalid_api_key",
          "invalid_image",
          "invalid_prompt",
          "invalid_request_error",
          "invalid_type",
          "invalid_value",
          "model_not_found",
          "moderation_blocked",
          "not_found_error",
          "not_supported_error",
          "permission_error",
          "previous_response_not_found",
          "requests",
          "string_above_max_length",
          "tokens",
          "unsupported_country_region_territory",
          "unsupported_parameter",
          "unsupported_value",
          "vector_store_timeout");

  /// Codes and types of an account without credit, which come with the status of a rate limit.
  private static final Set<String> EXHAUSTED_CODES =
      Set.of("billing_not_active", "insufficient_quota");

  /// Codes of a refusal of what the user wrote.
  private static final Set<String> CONTENT_POLICY_CODES =
      Set.of(
          "bio_policy",
          "content_filter",
          "content_policy_violation",
          "invalid_prompt",
          "moderation_blocked");

  /// Codes and types of errors that last until the operator changes the key, the account or the
  /// configuration. With an HTTP status, any other rejected request lasts as well.
  private static final Set<String> PERMANENT_CODES =
      Set.of(
          "authentication_error",
          "billing_not_active",
          "insufficient_quota",
          "invalid_api_key",
          "invalid_request_error",
          "model_not_found",
          "not_found_error",
          "permission_error",
          "unsupported_country_region_territory",
          "401",
          "402",
          "403",
          "404",
          "501",
          "505");

  /// A status, which some servers send as the code.
  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

  /// How servers without a code for it say that the conversation is too long: OpenAI, vLLM,
  /// Mistral, OpenRouter; Anthropic; Gemini; Bedrock; llama.cpp; Ollama; LM Studio; xAI; SGLang.
  private static final Pattern CONTEXT_TOO_LONG =
      Pattern.compile(
          "maximum context length|maximum model length|exceeds? the context window"
              + "|prompt is too long|exceeds? context limit"
              + "|input token count.{0,40}exceeds the maximum"
              + "|input is too long"
              + "|exceeds? the available context size"
              + "|exceeds the context length|exceeded max context length|prompt too long"
              + "|context length of only|greater than the context length"
              + "|context size has been exceeded"
              + "|maximum prompt length"
              + "|longer than the model's context length|exceeds the maximum allowed length",
          Pattern.CASE_INSENSITIVE);

  /// A request above the rate limit alone, which no time makes smaller: Groq, OpenAI.
  private static final Pattern REQUEST_TOO_LARGE =
      Pattern.compile("request too large.*(limit|requested)", Pattern.CASE_INSENSITIVE);

  /// The path of an attachment in the request to the provider.
  private static final Pattern ATTACHMENT =
      Pattern.compile(
          "input\\[(\\d{1,4})]\\.content\\[(\\d{1,4})]\\.(image_url|file_data|filename)");

  private static final Pattern ATTACHMENT_CODE =
      Pattern.compile("(invalid|unsupported)_(base64_)?(image|file)(_[a-z_]+)?|image_[a-z_]+");

  /// Of a message that is looked through.
  private static final int MAX_MESSAGE_CHARACTERS = 2000;

  private ProviderErrors() {}

  /// @param status the HTTP status, 200 for an error inside a stream
  /// @param error the object under `error`, or whatever a server sends in its place
  static UpstreamFailure of(int status, @Nullable JsonNode error) {
    return of(status, error, null, null, RequestParameters.NONE);
  }

  /// @param retryAfter the provider's `Retry-After`
  /// @param shouldRetry the provider's `x-should-retry`, which overrides our rules
  /// @param parameters of the client's request
  static UpstreamFailure of(
      int status,
      @Nullable JsonNode error,
      @Nullable Duration retryAfter,
      @Nullable Boolean shouldRetry,
      RequestParameters parameters) {
    String code = text(error, "code");
    String type = text(error, "type");
    String param = text(error, "param");
    String cause =
        "provider status %d code %s type %s".formatted(status, known(code), known(type))
            + advice(param);
    ErrorCode errorCode =
        status == 413 ? ErrorCode.CONTEXT_TOO_LONG : toErrorCode(status, code, type);
    if ((errorCode == ErrorCode.PROVIDER_ERROR && says(CONTEXT_TOO_LONG, status, error))
        || (errorCode == ErrorCode.OVERLOADED && says(REQUEST_TOO_LARGE, status, error))) {
      return new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, cause, null, null);
    }
    String chosen = status == 400 || status == 422 ? parameters.chosen(param) : null;
    if (errorCode == ErrorCode.PROVIDER_ERROR && chosen != null) {
      return UpstreamFailure.refusedParameter(chosen, cause + ": " + chosen);
    }
    String attachment = refusedAttachment(status, code, param, parameters);
    if (attachment != null) {
      return UpstreamFailure.refusedAttachment(attachment, cause + ": " + attachment);
    }
    boolean transient_ = shouldRetry == null ? isTransient(status, code, type) : shouldRetry;
    UpstreamFailure failure = new UpstreamFailure(errorCode, transient_, cause, retryAfter, null);
    if (CONTENT_POLICY_CODES.contains(code) || CONTENT_POLICY_CODES.contains(type)) {
      return failure.asContentPolicy();
    }
    if (!transient_ && isPermanent(status, code, type)) {
      return failure.asPermanent();
    }
    return isServerError(status, code, type) ? failure.asServerError() : failure;
  }

  /// Which attachment the provider refuses, in the words of the gateway; null if it does not say
  /// so.
  private static @Nullable String refusedAttachment(
      int status, String code, String param, RequestParameters parameters) {
    Matcher part = ATTACHMENT.matcher(param);
    if (status < 400 || status >= 500) {
      return null;
    }
    if (part.matches()) {
      return "the %s of part %s of message %s cannot be read by the model"
          .formatted(
              part.group(3).equals("image_url") ? "image" : "file",
              part.group(2),
              Integer.parseInt(part.group(1)) + parameters.foldedMessages());
    }
    return ATTACHMENT_CODE.matcher(code).matches()
        ? "an attachment cannot be read by the model"
        : null;
  }

  /// Which setting ends the error, for the log.
  ///
  /// @param param the part of the request that the provider refuses
  private static String advice(String param) {
    return switch (param) {
      case "reasoning.summary" ->
          ": verify the organisation at the provider, or set REASONING_SUMMARY=off";
      case "reasoning.effort" -> ": set another REASONING_EFFORT";
      case "max_tool_calls", "tools", "tools[0].type", "tools[1].type" ->
          ": set another WEB_SEARCH, or other VECTOR_STORE_IDS";
      default -> "";
    };
  }

  /// A part of the answer is lost.
  static UpstreamFailure brokenEvent() {
    return new UpstreamFailure(
        ErrorCode.PROVIDER_ERROR, false, "an event of the answer was broken", null, null);
  }

  /// A function call cannot be relayed.
  static UpstreamFailure unusableName() {
    return new UpstreamFailure(
        ErrorCode.PROVIDER_ERROR, false, "a function call has no usable name", null, null);
  }

  private static boolean isPermanent(int status, String code, String type) {
    if (PERMANENT_CODES.contains(code) || PERMANENT_CODES.contains(type)) {
      return true;
    }
    boolean isClientError =
        status >= 400 && status < 500 && status != 408 && status != 409 && status != 429;
    return isClientError || isUnsupported(status);
  }

  /// The server does not have this function at all, whatever its state (RFC 9110, section 15.6).
  private static boolean isUnsupported(int status) {
    return status == 501 || status == 505;
  }

  private static boolean isServerError(int status, String code, String type) {
    return switch (status) {
      case 200 -> code.equals("500") || code.equals("server_error") || type.equals("server_error");
      case 502, 503, 504, 529 -> false;
      default -> status >= 500 && !isUnsupported(status);
    };
  }

  private static boolean isTransient(int status, String code, String type) {
    if (EXHAUSTED_CODES.contains(code) || EXHAUSTED_CODES.contains(type)) {
      return false;
    }
    return switch (status) {
      case 200 -> TRANSIENT_CODES.contains(code) || TRANSIENT_CODES.contains(type);
      case 408, 409, 429 -> true;
      default -> status >= 500 && !isUnsupported(status);
    };
  }

  private static ErrorCode toErrorCode(int status, String code, String type) {
    return switch (code) {
      case "insufficient_quota", "billing_not_active" -> ErrorCode.PROVIDER_ERROR;
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
      case 429, 503, 529 -> ErrorCode.OVERLOADED;
      default -> ErrorCode.PROVIDER_ERROR;
    };
  }

  private static boolean says(Pattern sentence, int status, @Nullable JsonNode error) {
    boolean isOfRequest = status == 200 || status == 400 || status == 422 || status == 429;
    if (error == null || !isOfRequest) {
      return false;
    }
    String message = error.isTextual() ? error.textValue() : error.path("message").asText("");
    String beginning = message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARACTERS));
    return sentence.matcher(beginning).find();
  }

  private static String text(@Nullable JsonNode error, String field) {
    return error == null ? "" : error.path(field).asText("");
  }

  private static String known(String code) {
    if (code.isEmpty()) {
      return "none";
    }
    boolean isKnown =
        KNOWN_CODES.contains(code)
            || TRANSIENT_CODES.contains(code)
            || STATUS.matcher(code).matches();
    return isKnown ? code : "other";
  }
}
