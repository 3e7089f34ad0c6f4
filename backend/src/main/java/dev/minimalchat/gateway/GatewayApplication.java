package dev.minimalchat.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Starts the gateway. Declares the beans that belong to no feature.
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(GatewayApplication.class)
        .initializers(context -> Settings.check(context.getEnvironment()))
        .run(arguments);
    // Exit with 0 after a graceful SIGTERM; the JVM would exit with 143.
    SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /// Jackson keeps its buffers for each thread by itself: 16 KB for every stream, since each has a
  /// thread of its own. Shared, they are as many as there are processors.
  @Bean
  Jackson2ObjectMapperBuilderCustomizer sharedBuffers() {
    return builder ->
        builder.factory(
            JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .build());
  }

  /// Every timer of the gateway. What they do is short or moves to a thread of its own, so one
  /// thread keeps them all.
  @Bean
  ThreadPoolTaskScheduler timers(Clock clock) {
    ThreadPoolTaskScheduler timers = new ThreadPoolTaskScheduler();
    timers.setThreadNamePrefix("timers-");
    timers.setClock(clock);
    timers.setRemoveOnCancelPolicy(true);
    timers.setDaemon(true);
    // The answers that finish while the gateway stops still need their clocks.
    timers.setAcceptTasksAfterContextClose(true);
    timers.setPhase(Integer.MIN_VALUE);
    return timers;
  }
}
