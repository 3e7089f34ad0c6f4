package dev.minimalchat.gateway.limits;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How much one request may hold. The variables behind each are in `application.yml`.
///
/// @param maxMessages the longest conversation
/// @param maxRequestBytes the largest body, counted while it is read
@Validated
@ConfigurationProperties("limits")
public record LimitsProperties(@Min(1) int maxMessages, @NotNull DataSize maxRequestBytes) {

  public boolean tooManyMessages(int count) {
    return count > maxMessages;
  }

  boolean tooManyBytes(long count) {
    return count > maxRequestBytes.toBytes();
  }
}
