package dev.minimalchat.gateway.upstream.resilience;

import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// The timeouts of an answer.
///
/// @param firstEvent from the request to the first event
/// @param firstOutput from the request to the first sign of output; null without that timeout
/// @param idle between two events
/// @param total for the whole answer
record TimeoutPolicy(
    TimeLimiter firstEvent,
    @Nullable TimeLimiter firstOutput,
    Duration idle,
    TimeLimiter total,
    ThreadPoolTaskScheduler timers) {}
