package dev.minimalchat.gateway.usage;

import jakarta.validation.constraints.Min;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// The daily token budget. `application.yml` maps the environment variables.
///
/// @param dailyTokens input and output tokens of all answers of a day; unlimited if null
/// @param stateDir the directory that keeps today's count across restarts; not kept if null
@Validated
@ConfigurationProperties("minimalchat.budget")
record BudgetProperties(@Min(1) @Nullable Long dailyTokens, @Nullable Path stateDir) {
  BudgetProperties {
    if (stateDir != null && !(Files.isDirectory(stateDir) && Files.isWritable(stateDir))) {
      throw new IllegalArgumentException("STATE_DIR is not a directory that can be written to");
    }
  }
}
