package dev.minimalchat.gateway.upstream;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/// The provider and its timeouts. `application.yml` maps the environment variables.
///
/// The timeouts may contradict each other, such as an idle timeout longer than the total: the one
/// that elapses first ends the answer.
///
/// @param apiKey the provider's secret, or `demo` for the demo provider
/// @param firstEventTimeout from the request to the first event
/// @param idleTimeout between two events, for which comments count; null for the default
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
    @Nullable @DurationMin(nanos = 1, message = "is not longer than 0") Duration idleTimeout,
    @NotNull @DurationMin(nanos = 1, message = "is not longer than 0") Duration totalTimeout) {

  private static final String DEMO = "demo";

  /// The provider decides which ones its models have.
  private static final Pattern EFFORT = Pattern.compile("[\\w.-]{1,40}");

  public UpstreamProperties {
    List<String> problems = new ArrayList<>();
    if (apiKey == null || apiKey.isBlank()) {
      problems.add("OPENAI_API_KEY is missing: the provider's secret key");
    } else if (!ProviderAddress.isKey(apiKey)) {
      problems.add("OPENAI_API_KEY holds a space or another character that no key can have");
    }
    problems.addAll(ProviderAddress.problems("OPENAI_API_BASE", base));
    problems.addAll(Model.problems("MODEL_ID", modelId));
    if (temperature != null && !(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      problems.add("TEMPERATURE is not 0 or more");
    }
    if (StringUtils.hasText(reasoningEffort) && !EFFORT.matcher(reasoningEffort).matches()) {
      problems.add("REASONING_EFFORT is not an effort, such as low or high");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    // An empty variable counts as unset.
    systemPrompt = StringUtils.hasText(systemPrompt) ? systemPrompt : null;
    reasoningEffort = StringUtils.hasText(reasoningEffort) ? reasoningEffort : null;
  }

  /// The limit of an answer's output tokens; null if there is none.
  ///
  /// @param requested by the client
  public @Nullable Integer maxOutputTokens(@Nullable Integer requested) {
    if (requested == null || maxOutputTokens == null) {
      return requested == null ? maxOutputTokens : requested;
    }
    return Math.min(requested, maxOutputTokens);
  }

  /// The temperature of an answer; null for the model's own.
  ///
  /// @param requested by the client
  public @Nullable Double temperature(@Nullable Double requested) {
    return requested == null ? temperature : requested;
  }

  boolean isDemo() {
    return apiKey.equals(DEMO);
  }

  @Override
  public String toString() {
    return "UpstreamProperties[" + Authority.of(base) + " " + modelId + "]";
  }
}
