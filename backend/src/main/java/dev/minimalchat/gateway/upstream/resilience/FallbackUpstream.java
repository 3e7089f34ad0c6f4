package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.time.Duration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Asks a second provider where the first one fails.
///
/// @param fallbackModel what the second provider is asked for
/// @param total the timeout of the whole answer, with both providers
record FallbackUpstream(
    Upstream primary,
    Upstream fallback,
    String fallbackModel,
    Duration total,
    ThreadPoolTaskScheduler timers)
    implements Upstream {

  @Override
  public UpstreamStream stream(UpstreamRequest request) {
    return new FallbackStream(this, request);
  }
}
