package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.upstream.SocketProvider;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// What an operator sees of an `OTEL_*` variable that cannot be used.
@ExtendWith(OutputCaptureExtension.class)
class TelemetryStartIT {
  @ParameterizedTest
  @CsvSource({
    "otel.metric.export.interval, 30canary, OTEL_METRIC_EXPORT_INTERVAL",
    "otel.bsp.schedule.delay, 30canary, OTEL_BSP_SCHEDULE_DELAY"
  })
  void endsTheStartWithOneLine(
      String property, String value, String variable, CapturedOutput output) {
    Map<String, String> telemetry =
        Map.of(
            "otel.exporter.otlp.endpoint",
            "http://localhost:1",
            "otel.traces.exporter",
            "otlp",
            property,
            value);

    assertThatThrownBy(() -> new GatewayInstance(new SocketProvider(), telemetry).close())
        .isInstanceOf(RuntimeException.class);

    assertThat(output.getErr().lines()).singleElement().asString().startsWith(variable + " ");
    assertThat(output.getAll()).doesNotContain("canary", "\tat ");
  }
}
