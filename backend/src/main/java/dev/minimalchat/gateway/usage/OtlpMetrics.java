package dev.minimalchat.gateway.usage;

import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Exports metrics by OTLP if `OTEL_EXPORTER_OTLP_ENDPOINT` is set.
@Configuration(proxyBeanMethods = false)
class OtlpMetrics {
  /// Reads no variable.
  private static final OtlpConfig DISABLED =
      new OtlpConfig() {
        @Override
        public @Nullable String get(String key) {
          return null;
        }

        @Override
        public boolean enabled() {
          return false;
        }

        @Override
        public String url() {
          return "http://localhost/";
        }

        @Override
        public Duration step() {
          return Duration.ofMinutes(1);
        }

        @Override
        public AggregationTemporality aggregationTemporality() {
          return AggregationTemporality.CUMULATIVE;
        }

        @Override
        public Map<String, String> resourceAttributes() {
          return Map.of();
        }

        @Override
        public Map<String, String> headers() {
          return Map.of();
        }
      };

  @Bean
  OtlpMeterRegistry otlpMeterRegistry(Telemetry telemetry) {
    String endpoint = telemetry.metricsEndpoint();
    OtlpConfig config =
        endpoint == null
            ? DISABLED
            : new Enabled(endpoint, telemetry.metricsInterval(), telemetry.metricsTemporality());
    return new OtlpMeterRegistry(config, Clock.SYSTEM);
  }

  /// Micrometer reads the remaining `OTEL_*` variables itself, such as the headers.
  private record Enabled(String url, Duration step, AggregationTemporality aggregationTemporality)
      implements OtlpConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Map<String, String> resourceAttributes() {
      Map<String, String> attributes =
          read(
              OtlpConfig.super::resourceAttributes,
              "OTEL_RESOURCE_ATTRIBUTES is not a list such as name=value, with each name once");
      Map<String, String> named = new HashMap<>(attributes);
      named.putIfAbsent("service.name", Telemetry.SERVICE);
      return named;
    }

    @Override
    public Map<String, String> headers() {
      return read(
          OtlpConfig.super::headers,
          "OTEL_EXPORTER_OTLP_HEADERS is not a list such as name=value, percent-encoded");
    }

    /// Without the cause, whose message quotes the value.
    private static Map<String, String> read(
        Supplier<Map<String, String>> variable, String problem) {
      try {
        return variable.get();
      } catch (RuntimeException e) {
        throw new TelemetryException(problem);
      }
    }
  }
}
