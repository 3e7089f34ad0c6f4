package dev.minimalchat.gateway.upstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The tools that the provider runs itself. `application.yml` maps the environment variables.
///
/// @param webSearch `off`, or the provider's type of the tool; empty if unset
/// @param vectorStoreIds comma-separated ids at the provider
/// @param reasoningEffort of [UpstreamProperties], because one value of it excludes these tools
@ConfigurationProperties("minimalchat.hosted-tools")
record HostedToolsProperties(
    @DefaultValue("") String webSearch,
    @DefaultValue("") String vectorStoreIds,
    @DefaultValue("") String reasoningEffort) {
  private static final String OFF = "off";
  private static final Set<String> NO_TYPES = Set.of("true", "false", "on", "yes", "no");
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}(:[a-z0-9_]{1,63})?");
  private static final Pattern VECTOR_STORE_ID = Pattern.compile("[\\w-]{1,100}");
  private static final int MAX_VECTOR_STORES = 20;

  HostedToolsProperties {
    List<String> ids = parse(vectorStoreIds);
    List<String> problems = new ArrayList<>();
    if (!webSearch.isEmpty()
        && (!TYPE.matcher(webSearch).matches() || NO_TYPES.contains(webSearch))) {
      problems.add("WEB_SEARCH is not off or a type of tool, such as web_search");
    }
    if (ids.size() > MAX_VECTOR_STORES
        || !ids.stream().allMatch(id -> VECTOR_STORE_ID.matcher(id).matches())) {
      problems.add("VECTOR_STORE_IDS is not a list of at most " + MAX_VECTOR_STORES + " ids");
    }
    if (reasoningEffort.equalsIgnoreCase("minimal")) {
      if (!webSearch.isEmpty() && !webSearch.equals(OFF)) {
        problems.add("WEB_SEARCH does not work with REASONING_EFFORT=minimal: set another effort");
      }
      if (!ids.isEmpty()) {
        problems.add(
            "VECTOR_STORE_IDS does not work with REASONING_EFFORT=minimal: set another effort");
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /// @param unset what applies if the operator has set nothing
  @Nullable String webSearchOr(@Nullable String unset) {
    return switch (webSearch) {
      case "" -> unset;
      case OFF -> null;
      default -> webSearch;
    };
  }

  List<String> vectorStores() {
    return parse(vectorStoreIds);
  }

  private static List<String> parse(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .distinct()
        .toList();
  }
}
