package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.HostedTool;
import dev.minimalchat.gateway.upstream.ProviderFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An element of the request's `tools`.
sealed interface WireTool {

  /// The functions of a program, or the tools that the page asks for, as far as this provider has
  /// them.
  static List<WireTool> of(AnswerOptions options, ProviderFeatures features) {
    List<WireTool> tools = new ArrayList<>();
    options.tools().functions().forEach(it -> tools.add(Function.of(it)));
    for (HostedTool tool : options.page().tools()) {
      if (features.has(tool)) {
        tools.add(hosted(tool, features));
      }
    }
    return tools;
  }

  private static WireTool hosted(HostedTool tool, ProviderFeatures features) {
    return switch (tool) {
      case WEB_SEARCH -> new Search(Objects.requireNonNull(features.webSearch()), null);
      case FILE_SEARCH -> new Search("file_search", features.vectorStoreIds());
    };
  }

  /// Whether it is a search that OpenAI defines. Other servers do not know its limit.
  @JsonIgnore
  default boolean isOpenAiSearch() {
    return switch (this) {
      case Function _ -> false;
      case Search search -> search.type().indexOf(':') < 0;
    };
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Function(
      String type,
      String name,
      @Nullable JsonText description,
      RawJson parameters,
      @Nullable Boolean strict)
      implements WireTool {
    private static final RawJson NO_PARAMETERS =
        RawJson.of("{\"type\":\"object\",\"properties\":{}}");

    /// What a strict schema must say.
    private static final RawJson STRICTLY_NO_PARAMETERS =
        RawJson.of("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");

    static Function of(AnswerOptions.FunctionTool it) {
      return new Function(
          "function",
          it.name(),
          it.description(),
          parameters(it.parameters(), Boolean.TRUE.equals(it.strict())),
          it.strict());
    }

    /// Of a function without parameters, some servers refuse an absent schema, others an empty one.
    private static RawJson parameters(@Nullable RawJson schema, boolean isStrict) {
      if (schema != null && !schema.isEmpty()) {
        return schema;
      }
      return isStrict ? STRICTLY_NO_PARAMETERS : NO_PARAMETERS;
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Search(
      String type, @Nullable @JsonProperty("vector_store_ids") List<String> vectorStoreIds)
      implements WireTool {}
}
