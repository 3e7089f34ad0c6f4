package dev.minimalchat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which settings apply to which provider.
class ProviderFeaturesTest {
  private static final URI BASE = URI.create("https://api.example.com/v1");
  private static final ProviderFeatures FEATURES =
      new ProviderFeatures("high", "auto", true, "web_search", List.of("vs_1"));

  private final UpstreamConfiguration configuration = new UpstreamConfiguration();

  @ParameterizedTest
  @CsvSource({
    "key, '', '', , ",
    "key, detailed, web_search_preview, detailed, web_search_preview",
    "demo, '', '', auto, web_search",
    "demo, off, off, , "
  })
  void theDemoHasWhatTheOperatorDoesNotSwitchOff(
      String key,
      String summary,
      String webSearch,
      @Nullable String expectedSummary,
      @Nullable String expectedWebSearch) {
    ProviderFeatures features =
        configuration.providerFeatures(
            ProviderSettings.withKey(key),
            new ReasoningProperties(summary, "hide"),
            new HostedToolsProperties(webSearch, "", ""));

    assertThat(features.reasoningSummary()).isEqualTo(expectedSummary);
    assertThat(features.webSearch()).isEqualTo(expectedWebSearch);
    assertThat(features.showsReasoning()).isEqualTo(expectedSummary != null);
    assertThat(features.has(HostedTool.WEB_SEARCH)).isEqualTo(expectedWebSearch != null);
    assertThat(features.has(HostedTool.FILE_SEARCH)).isFalse();
  }

  @Test
  void aFallbackBehindTheSameAddressHasTheSameFeatures() {
    assertThat(featuresOfFallback(null)).isEqualTo(FEATURES);
    assertThat(featuresOfFallback(BASE)).isEqualTo(FEATURES);
  }

  @Test
  void anotherProviderGetsTextAlone() {
    assertThat(featuresOfFallback(URI.create("https://other.example/v1")))
        .isEqualTo(ProviderFeatures.NONE);
  }

  @Test
  void readingTheDocumentsOfTheOperatorIsAFeature() {
    ProviderFeatures features =
        configuration.providerFeatures(
            ProviderSettings.withKey("key"),
            new ReasoningProperties("", "show"),
            new HostedToolsProperties("", "vs_1, vs_2,vs_1", "high"));

    assertThat(features.vectorStoreIds()).containsExactly("vs_1", "vs_2");
    assertThat(features.has(HostedTool.FILE_SEARCH)).isTrue();
    assertThat(features.showsReasoning()).isTrue();
  }

  private @Nullable ProviderFeatures featuresOfFallback(@Nullable URI base) {
    Provider primary = new Provider("custom", BASE, "key", "model", FEATURES);
    Provider fallback =
        configuration
            .fallbackProvider(primary, new FallbackProperties("other-model", base, "", null))
            .provider();
    return fallback == null ? null : fallback.features();
  }
}
