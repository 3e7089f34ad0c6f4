package dev.minimalchat.gateway.upstream;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/// The provider and its timeouts. `application.yml` maps the environment variables.
///
/// @param apiKey the provider's secret; the demo profile sets one
/// @param firstEventTimeout from the request to the first event
/// @param idleTimeout between two events; comments do not count
/// @param totalTimeout for the whole answer
@Validated
@ConfigurationProperties("minimalchat.upstream")
public record UpstreamProperties(
    String apiKey,
    @NotNull URI base,
    @NotBlank String modelId,
    @Nullable String systemPrompt,
    @Min(1) @Nullable Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable String reasoningEffort,
    @NotNull @DurationMin(nanos = 1, message = "is not longer than 0") Duration connectTimeout,
    @NotNull @DurationMin(nanos = 1, message = "is not longer than 0") Duration firstEventTimeout,
    @NotNull @DurationMin(nanos = 1, message = "is not longer than 0") Duration idleTimeout,
    @NotNull @DurationMin(nanos = 1, message = "is not longer than 0") Duration totalTimeout) {

  public UpstreamProperties {
    if (apiKey == null || apiKey.isBlank()) {
      throw new IllegalArgumentException("OPENAI_API_KEY is missing: the provider's secret key");
    }
    if (base != null && !isHttp(base)) {
      throw new IllegalArgumentException(
          "OPENAI_API_BASE is not an address, such as https://api.example.com/v1");
    }
    // An empty variable counts as unset.
    systemPrompt = StringUtils.hasText(systemPrompt) ? systemPrompt : null;
    reasoningEffort = StringUtils.hasText(reasoningEffort) ? reasoningEffort : null;
  }

  private static boolean isHttp(URI base) {
    boolean http = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
    return http && base.getHost() != null;
  }

  @Override
  public String toString() {
    return "UpstreamProperties[" + base.getHost() + " " + modelId + "]";
  }
}
