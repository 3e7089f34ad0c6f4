package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.registry.otlp.AggregationTemporality;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/// The `OTEL_*` variables: an invalid one is named, without its value, and only if it is used.
class TelemetryTest {
  private final MockEnvironment environment = new MockEnvironment();

  @ParameterizedTest
  @CsvSource({
    "OTEL_METRIC_EXPORT_INTERVAL, 30s, is not a number of milliseconds",
    "OTEL_METRIC_EXPORT_INTERVAL, 0, is not a number of milliseconds",
    "OTEL_METRIC_EXPORT_INTERVAL, -1, is not a number of milliseconds",
    "OTEL_METRIC_EXPORT_INTERVAL, 99999999999999999999, is not a number of milliseconds",
    "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE, canary, 'is not cumulative, delta'",
    "OTEL_EXPORTER_OTLP_ENDPOINT, canary:4318, is not an address",
    "OTEL_EXPORTER_OTLP_ENDPOINT, http://canary canary, is not an address",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, /canary, is not an address"
  })
  void reportsAVariableOfTheMetrics(String variable, String value, String problem) {
    set("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
    set(variable, value);

    assertThatExceptionOfType(TelemetryException.class)
        .isThrownBy(() -> new OtlpMetrics().otlpMeterRegistry(new Telemetry(environment)).close())
        .withMessageStartingWith(variable + " " + problem)
        .withMessageNotContainingAny("canary", "30s", "99999999999999999999")
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_TRACES_EXPORTER, canary",
    "OTEL_TRACES_EXPORTER, zipkin",
    "OTEL_EXPORTER_OTLP_ENDPOINT, canary:4318",
    "OTEL_EXPORTER_OTLP_PROTOCOL, canary",
    "OTEL_EXPORTER_OTLP_TIMEOUT, canary",
    "OTEL_BSP_SCHEDULE_DELAY, canary",
    "OTEL_TRACES_SAMPLER, canary",
    "OTEL_PROPAGATORS, canary"
  })
  void reportsAVariableOfTheTraces(String variable, String value) {
    set("OTEL_TRACES_EXPORTER", "otlp");
    set(variable, value);

    assertThatExceptionOfType(TelemetryException.class)
        .isThrownBy(() -> new Traces(new Telemetry(environment), TestUsage.PROVIDER).close())
        .withMessageStartingWith(variable + " ")
        .withMessageNotContaining(value)
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "cumulative, CUMULATIVE",
    "CUMULATIVE, CUMULATIVE",
    "delta, DELTA",
    "lowmemory, DELTA",
    "LowMemory, DELTA"
  })
  void readsTheTemporalitiesOfTheStandard(String value, AggregationTemporality temporality) {
    set("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", value);

    assertThat(new Telemetry(environment).metricsTemporality()).isEqualTo(temporality);
  }

  @Test
  void readsTheInterval() {
    set("OTEL_METRIC_EXPORT_INTERVAL", "15000");

    assertThat(new Telemetry(environment).metricsInterval()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void readsNoVariableWithoutAnExporter() {
    set("OTEL_METRIC_EXPORT_INTERVAL", "30s");
    set("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "canary");
    set("OTEL_BSP_SCHEDULE_DELAY", "canary");

    assertThatCode(
            () -> {
              Telemetry telemetry = new Telemetry(environment);
              new OtlpMetrics().otlpMeterRegistry(telemetry).close();
              new Traces(telemetry, TestUsage.PROVIDER).close();
            })
        .doesNotThrowAnyException();
  }

  /// By the name under which `EnvironmentVariables` gives it to Spring.
  private void set(String variable, String value) {
    environment.setProperty(variable.toLowerCase(Locale.ROOT).replace('_', '.'), value);
  }
}
