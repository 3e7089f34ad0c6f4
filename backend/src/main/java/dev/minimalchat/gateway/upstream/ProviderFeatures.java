package dev.minimalchat.gateway.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator uses of a provider beyond text. A setting that suits one server can be an
/// error at another one.
///
/// @param reasoningEffort null for the model's own
/// @param reasoningSummary how detailed the summaries of reasoning are; null for none
/// @param showsReasoningText whether reasoning in clear is relayed
/// @param webSearch the provider's type of the tool; null for none
/// @param vectorStoreIds the operator's documents at the provider
public record ProviderFeatures(
    @Nullable String reasoningEffort,
    @Nullable String reasoningSummary,
    boolean showsReasoningText,
    @Nullable String webSearch,
    List<String> vectorStoreIds) {
  public static final ProviderFeatures NONE =
      new ProviderFeatures(null, null, false, null, List.of());

  public ProviderFeatures {
    vectorStoreIds = List.copyOf(vectorStoreIds);
  }

  /// Whether the client may see any reasoning.
  public boolean showsReasoning() {
    return reasoningSummary != null || showsReasoningText;
  }

  /// Whether this tool may be asked for.
  public boolean has(HostedTool tool) {
    return switch (tool) {
      case WEB_SEARCH -> webSearch != null;
      case FILE_SEARCH -> !vectorStoreIds.isEmpty();
    };
  }
}
