package dev.minimalchat.gateway.upstream.resilience;

import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// The timeouts of an answer.
///
/// @param firstEvent from the request to the first event
/// @param idle between two events
/// @param total for the whole answer
record TimeoutPolicy(
    TimeLimiter firstEvent, Duration idle, TimeLimiter total, ThreadPoolTaskScheduler timers) {}
