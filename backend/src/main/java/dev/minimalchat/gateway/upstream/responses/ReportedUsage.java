package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.Usage;
import org.jspecify.annotations.Nullable;

/// Reads a provider's `usage`, in the shape of the Responses API or of chat completions. What
/// cannot be true counts as unknown, so that it is estimated: no provider can lower the bill with
/// it.
final class ReportedUsage {
  /// More than any model reads or writes in one answer.
  private static final long MAX_TOKENS = 100_000_000;

  private ReportedUsage() {}

  /// Null if the input or the output is unknown, or if both are 0.
  static @Nullable Usage of(JsonNode usage) {
    Long input = either(tokens(usage.path("input_tokens")), tokens(usage.path("prompt_tokens")));
    Long output =
        either(tokens(usage.path("output_tokens")), tokens(usage.path("completion_tokens")));
    if (input == null || output == null || input + output == 0) {
      return null;
    }
    return new Usage(
        input,
        part(usage, "input_tokens_details", "prompt_tokens_details", "cached_tokens", input),
        output,
        part(
            usage,
            "output_tokens_details",
            "completion_tokens_details",
            "reasoning_tokens",
            output),
        input + output);
  }

  /// Tokens that are part of others; 0 if they are unknown, or more than the whole.
  private static long part(
      JsonNode usage, String details, String chatDetails, String field, long whole) {
    Long part =
        either(
            tokens(usage.path(details).path(field)), tokens(usage.path(chatDetails).path(field)));
    return part == null || part > whole ? 0 : part;
  }

  private static @Nullable Long tokens(JsonNode count) {
    double value = count.isNumber() ? count.doubleValue() : -1;
    return value >= 0 && value <= MAX_TOKENS ? (long) value : null;
  }

  private static @Nullable Long either(@Nullable Long first, @Nullable Long second) {
    return first == null ? second : first;
  }
}
