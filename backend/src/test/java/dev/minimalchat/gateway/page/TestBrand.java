package dev.minimalchat.gateway.page;

import java.util.Map;

/// A brand of which only some settings are set.
final class TestBrand {
  private TestBrand() {}

  /// @param settings by the name of the property
  static BrandProperties of(Map<String, String> settings) {
    return new BrandProperties(
        settings.getOrDefault("title", ""),
        settings.getOrDefault("logo", ""),
        settings.getOrDefault("accent", ""),
        settings.getOrDefault("greeting", ""),
        settings.getOrDefault("placeholder", ""),
        settings.getOrDefault("suggestions", ""),
        settings.getOrDefault("notice", ""),
        settings.getOrDefault("links", ""),
        settings.getOrDefault("disclosure", ""),
        settings.getOrDefault("provider", ""),
        settings.getOrDefault("language", ""));
  }
}
