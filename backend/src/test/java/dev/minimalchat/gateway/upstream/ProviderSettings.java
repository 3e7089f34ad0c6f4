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
    return of(base, null, null, null, null);
  }

  public static UpstreamProperties of(
      URI base,
      @Nullable String systemPrompt,
      @Nullable Integer maxOutputTokens,
      @Nullable Double temperature,
      @Nullable String reasoningEffort) {
    return new UpstreamProperties(
        KEY,
        base,
        MODEL,
        systemPrompt,
        maxOutputTokens,
        temperature,
        reasoningEffort,
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5));
  }
}
