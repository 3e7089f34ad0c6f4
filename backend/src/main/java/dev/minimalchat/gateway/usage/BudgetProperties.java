package dev.minimalchat.gateway.usage;

import jakarta.validation.constraints.Min;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// What a day may cost. The variables behind each are in `application.yml`.
///
/// @param dailyTokens tokens in and out of all answers of a day; as many as they like where not set
/// @param stateDir where the day's count outlives a restart; nowhere where not set
@Validated
@ConfigurationProperties("budget")
record BudgetProperties(@Min(1) @Nullable Long dailyTokens, @Nullable Path stateDir) {
  BudgetProperties {
    if (stateDir != null && !(Files.isDirectory(stateDir) && Files.isWritable(stateDir))) {
      throw new IllegalArgumentException("STATE_DIR is not a directory that can be written to");
    }
  }
}
