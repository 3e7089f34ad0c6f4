package dev.minimalchat.gateway.usage;

import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Exports metrics by OTLP if `OTEL_EXPORTER_OTLP_ENDPOINT` is set.
@Configuration(proxyBeanMethods = false)
class OtlpMetrics {
  @Bean
  OtlpMeterRegistry otlpMeterRegistry(Telemetry telemetry) {
    return new OtlpMeterRegistry(new Config(telemetry), Clock.SYSTEM);
  }

  /// Micrometer reads the remaining `OTEL_*` variables itself, such as the headers.
  private record Config(Telemetry telemetry) implements OtlpConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public boolean enabled() {
      return telemetry.metricsEndpoint() != null;
    }

    @Override
    public String url() {
      return Objects.requireNonNullElse(telemetry.metricsEndpoint(), "http://localhost/");
    }

    @Override
    public Duration step() {
      return Duration.ofMillis(telemetry.metricsIntervalMs());
    }

    @Override
    public Map<String, String> resourceAttributes() {
      Map<String, String> attributes = new HashMap<>(OtlpConfig.super.resourceAttributes());
      attributes.putIfAbsent("service.name", Telemetry.SERVICE);
      return attributes;
    }
  }
}
