package dev.minimalchat.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The provider that is asked where the other one fails. `application.yml` maps the environment
/// variables.
///
/// @param modelId what to ask for; empty if there is no fallback
/// @param base null for the other provider's
/// @param apiKey empty for the other provider's
/// @param firstOutputTimeout from the request to the first sign of output of a provider, with all
///   attempts; null for the default
@Validated
@ConfigurationProperties("minimalchat.fallback")
public record FallbackProperties(
    @DefaultValue("") String modelId,
    @Nullable URI base,
    @DefaultValue("") String apiKey,
    @Nullable @DurationMin(nanos = 1, message = "is not longer than 0")
        Duration firstOutputTimeout) {

  public FallbackProperties {
    List<String> problems = new ArrayList<>(ProviderAddress.problems("FALLBACK_API_BASE", base));
    if (!apiKey.isEmpty() && !ProviderAddress.isKey(apiKey)) {
      problems.add("FALLBACK_API_KEY holds a space or another character that no key can have");
    }
    problems.addAll(Model.problems("FALLBACK_MODEL_ID", modelId));
    if (problems.isEmpty() && modelId.isEmpty() && base != null) {
      problems.add("FALLBACK_API_BASE has no effect without FALLBACK_MODEL_ID");
    }
    if (problems.isEmpty() && modelId.isEmpty() && !apiKey.isEmpty()) {
      problems.add("FALLBACK_API_KEY has no effect without FALLBACK_MODEL_ID");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  public boolean isSet() {
    return !modelId.isEmpty();
  }

  @Override
  public String toString() {
    return "FallbackProperties[" + modelId + "]";
  }
}
