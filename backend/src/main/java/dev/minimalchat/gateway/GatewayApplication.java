package dev.minimalchat.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.minimalchat.gateway.errors.OutOfMemoryExit;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// The gateway.
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

  public static void main(String[] arguments) {
    OutOfMemoryExit.enable();
    new SpringApplicationBuilder(GatewayApplication.class)
        .initializers(context -> StartupCheck.check(context.getEnvironment()))
        .run(arguments);
    // Exit with 0 after a graceful SIGTERM; the JVM would exit with 143.
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
