package dev.minimalchat.gateway.limits;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// The limits of each API token. `application.yml` maps the environment variables.
///
/// @param ratePerMinute requests in a minute
/// @param maxStreams concurrent answers
@Validated
@ConfigurationProperties("minimalchat.api-limits")
record ApiLimitsProperties(@Min(1) int ratePerMinute, @Min(1) int maxStreams) {}
