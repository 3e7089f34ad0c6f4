package dev.minimalchat.gateway.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the page may show of a model's reasoning. `application.yml` maps the environment variables.
///
/// @param summary `off`, or how detailed the summaries are; empty if unset
/// @param text `show` or `hide`, for reasoning in clear
@ConfigurationProperties("minimalchat.reasoning")
record ReasoningProperties(@DefaultValue("") String summary, @DefaultValue("hide") String text) {
  private static final String OFF = "off";
  private static final Set<String> SUMMARIES = Set.of("", OFF, "auto", "concise", "detailed");
  private static final String SHOW = "show";

  ReasoningProperties {
    List<String> problems = new ArrayList<>();
    if (!SUMMARIES.contains(summary)) {
      problems.add("REASONING_SUMMARY is not off, auto, concise or detailed");
    }
    if (!Set.of(SHOW, "hide").contains(text)) {
      problems.add("REASONING_TEXT is not show or hide");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /// @param unset what applies if the operator has set nothing
  @Nullable String summaryOr(@Nullable String unset) {
    return switch (summary) {
      case "" -> unset;
      case OFF -> null;
      default -> summary;
    };
  }

  boolean showsText() {
    return text.equals(SHOW);
  }
}
