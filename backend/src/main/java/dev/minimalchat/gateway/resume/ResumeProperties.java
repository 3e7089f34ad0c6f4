package dev.minimalchat.gateway.resume;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How long answers outlive a connection. `application.yml` maps the environment variables.
///
/// @param grace how long an answer runs on without a reader; 0 switches the feature off
/// @param ttl how long an answer is kept after its end
/// @param memory for the text of all answers; null for the default
@Validated
@ConfigurationProperties("minimalchat.resume")
public record ResumeProperties(
    @NotNull @DurationMin(message = "is negative") Duration grace,
    @NotNull @DurationMin(nanos = 1, message = "is not longer than 0") Duration ttl,
    @Nullable DataSize memory) {
  private static final long MAX_DEFAULT_BYTES = 32L << 20;

  /// By default an eighth of the heap.
  private static final int DEFAULT_SHARE = 8;

  public ResumeProperties {
    if (memory != null && memory.isNegative()) {
      throw new IllegalArgumentException("RESUME_MEMORY is negative");
    }
  }

  boolean isEnabled() {
    return grace.isPositive();
  }

  long memoryBytes() {
    return memory == null
        ? Math.min(MAX_DEFAULT_BYTES, Runtime.getRuntime().maxMemory() / DEFAULT_SHARE)
        : memory.toBytes();
  }
}
