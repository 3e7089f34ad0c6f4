package dev.minimalchat.gateway.upstream;

import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.scheduling.TaskScheduler;

/// How long an answer may take to begin, to go on, and in all.
///
/// @param idle between two signs of the model
/// @param timers runs out the limiters
/// @param scheduler watches the silence between events
record TimeLimits(
    TimeLimiter firstEvent,
    Duration idle,
    TimeLimiter total,
    ScheduledExecutorService timers,
    TaskScheduler scheduler) {}
