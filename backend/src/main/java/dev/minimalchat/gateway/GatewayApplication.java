package dev.minimalchat.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.minimalchat.gateway.errors.OutOfMemoryExit;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/// The gateway.
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class GatewayApplication {

  public static void main(String[] arguments) {
    OutOfMemoryExit.enable();
    SpareCarriers.watch();
    new SpringApplicationBuilder(GatewayApplication.class)
        .initializers(GatewayApplication::checkSettings)
        .run(arguments);
    // Exit with 0 after a graceful SIGTERM; the JVM would exit with 143.
    SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
  }

  private static void checkSettings(ConfigurableApplicationContext context) {
    context.addBeanFactoryPostProcessor(
        beanFactory -> StartupCheck.check(context.getEnvironment(), beanFactory));
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /// The startup check registers its own instance, which is expensive to make.
  @Bean(StartupCheck.VALIDATOR)
  static LocalValidatorFactoryBean validator() {
    return new LocalValidatorFactoryBean();
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

  /// A number or a boolean is no text. Jackson's own switch does not cover this conversion.
  @Bean
  Jackson2ObjectMapperBuilderCustomizer strictText() {
    return builder ->
        builder.postConfigurer(json ->
            json.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }
}
