package dev.minimalchat.gateway.usage;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// What the standard `OTEL_*` variables say about where measurements go.
@Component
class Telemetry {
  static final String SERVICE = "minimal-chatbot";

  private static final String PREFIX = "otel";
  private static final String NONE = "none";

  private final Map<String, String> settings;

  Telemetry(Environment environment) {
    settings =
        Binder.get(environment)
            .bind(PREFIX, Bindable.mapOf(String.class, String.class))
            .orElse(Map.of());
  }

  /// Traces are exported only where `OTEL_TRACES_EXPORTER` asks for it.
  boolean exportsTraces() {
    return !settings.getOrDefault("traces.exporter", NONE).equals(NONE);
  }

  /// Where metrics go; nowhere unless an endpoint is set.
  @Nullable String metricsEndpoint() {
    if (settings.getOrDefault("metrics.exporter", "otlp").equals(NONE)) {
      return null;
    }
    String all = settings.get("exporter.otlp.endpoint");
    return settings.getOrDefault(
        "exporter.otlp.metrics.endpoint",
        all == null ? null : all.replaceAll("/+$", "") + "/v1/metrics");
  }

  /// In milliseconds.
  long metricsInterval() {
    return Long.parseLong(settings.getOrDefault("metric.export.interval", "60000"));
  }

  /// Under their names as properties, `otel.…`.
  Map<String, String> properties() {
    return settings.entrySet().stream()
        .collect(Collectors.toMap(e -> PREFIX + "." + e.getKey(), Map.Entry::getValue));
  }
}
