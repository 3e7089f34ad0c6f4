package dev.minimalchat.gateway.timeouts;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// The scheduler of every timer in the gateway; its clock measures every duration. Timer actions
/// are short or start a thread of their own, so one thread is enough.
@Configuration(proxyBeanMethods = false)
class TimeoutsConfiguration {

  @Bean
  ThreadPoolTaskScheduler timers(Clock clock) {
    ThreadPoolTaskScheduler timers = new ThreadPoolTaskScheduler();
    timers.setThreadNamePrefix("timers-");
    timers.setClock(new MonotonicClock(clock.instant(), System::nanoTime));
    timers.setRemoveOnCancelPolicy(true);
    timers.setDaemon(true);
    // Answers that finish during shutdown still need their timeouts.
    timers.setAcceptTasksAfterContextClose(true);
    timers.setPhase(Integer.MIN_VALUE);
    return timers;
  }
}
