package dev.minimalchat.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// The gateway.
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

  public static void main(String[] arguments) {
    create().run(arguments);
    exitWithZeroAfterGracefulShutdown();
  }

  static SpringApplication create() {
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    application.addInitializers(context -> StartupCheck.check(context.getEnvironment()));
    return application;
  }

  /// The JVM would exit with 143 after a SIGTERM.
  private static void exitWithZeroAfterGracefulShutdown() {
    SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /// Jackson's default pool keeps 16 KB of buffers for each thread, and each stream has a thread.
  /// The shared pool has as many as there are processors.
  @Bean
  Jackson2ObjectMapperBuilderCustomizer sharedBuffers() {
    return builder ->
        builder.factory(
            JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .build());
  }
}
