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

  /// Null if the input or the output is unknown, or the input 0: no request is empty. Some servers
  /// do not count reasoning as output, which their total shows.
  static @Nullable Usage of(JsonNode usage) {
    Long input = either(tokens(usage.path("input_tokens")), tokens(usage.path("prompt_tokens")));
    Long output =
        either(tokens(usage.path("output_tokens")), tokens(usage.path("completion_tokens")));
    if (input == null || output == null || input == 0) {
      return null;
    }
    long reasoning =
        part(usage, "output_tokens_details", "completion_tokens_details", "reasoning_tokens");
    Long total = tokens(usage.path("total_tokens"));
    boolean isBeside = reasoning > 0 && total != null && total == input + output + reasoning;
    long all = isBeside ? output + reasoning : output;
    long cached = part(usage, "input_tokens_details", "prompt_tokens_details", "cached_tokens");
    return new Usage(
        input, cached > input ? 0 : cached, all, reasoning > all ? 0 : reasoning, input + all);
  }

  /// Tokens that are part of others; 0 if they are unknown.
  private static long part(JsonNode usage, String details, String chatDetails, String field) {
    Long part =
        either(
            tokens(usage.path(details).path(field)), tokens(usage.path(chatDetails).path(field)));
    return part == null ? 0 : part;
  }

  private static @Nullable Long tokens(JsonNode count) {
    double value = count.isNumber() ? count.doubleValue() : -1;
    return value >= 0 && value <= MAX_TOKENS ? (long) value : null;
  }

  private static @Nullable Long either(@Nullable Long first, @Nullable Long second) {
    return first == null ? second : first;
  }
}
