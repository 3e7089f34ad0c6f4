package dev.minimalchat.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Provider settings for tests: the required ones alone, or with optional fields.
public final class ProviderSettings {
  public static final String KEY = "sk-test-secret";
  public static final String MODEL = "test-model";

  private ProviderSettings() {}

  public static UpstreamProperties defaults(URI base) {
    return of(base, null, null, null);
  }

  static UpstreamProperties withKey(String key) {
    return of(key, URI.create("https://provider.invalid/v1"), null, null, null);
  }

  public static UpstreamProperties of(
      URI base,
      @Nullable String systemPrompt,
      @Nullable Integer maxOutputTokens,
      @Nullable Double temperature) {
    return of(KEY, base, systemPrompt, maxOutputTokens, temperature);
  }

  private static UpstreamProperties of(
      String key,
      URI base,
      @Nullable String systemPrompt,
      @Nullable Integer maxOutputTokens,
      @Nullable Double temperature) {
    return new UpstreamProperties(
        key,
        base,
        MODEL,
        systemPrompt,
        maxOutputTokens,
        temperature,
        null,
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5));
  }
}
