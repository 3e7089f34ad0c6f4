package dev.minimalchat.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.minimalchat.gateway.validate.Validate;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Starts the gateway, or proves one that is deployed.
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    if (!words.isEmpty() && words.getFirst().equals(Validate.COMMAND)) {
      Validate validate = new Validate(inUtf8(System.out), inUtf8(System.err), Clock.systemUTC());
      System.exit(validate.run(words.subList(1, words.size())));
    }
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    application.addInitializers(context -> Settings.check(context.getEnvironment()));
    application.run(arguments);
    // Told to stop, and stopped: that is success, where the JVM would report the signal's number.
    SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
  }

  private static PrintStream inUtf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
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
