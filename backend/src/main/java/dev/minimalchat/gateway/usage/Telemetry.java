package dev.minimalchat.gateway.usage;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// The standard `OTEL_*` variables. They are read at start: Boot's own auto-configuration would
/// read them when the image is built (`docs/decisions/0007`).
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

  /// Traces are exported only if `OTEL_TRACES_EXPORTER` is set.
  boolean exportsTraces() {
    return !settings.getOrDefault("traces.exporter", NONE).equals(NONE);
  }

  /// The OTLP endpoint for metrics; null if none is set.
  @Nullable String metricsEndpoint() {
    if (settings.getOrDefault("metrics.exporter", "otlp").equals(NONE)) {
      return null;
    }
    String all = settings.get("exporter.otlp.endpoint");
    return settings.getOrDefault(
        "exporter.otlp.metrics.endpoint",
        all == null ? null : all.replaceAll("/+$", "") + "/v1/metrics");
  }

  long metricsIntervalMs() {
    return Long.parseLong(settings.getOrDefault("metric.export.interval", "60000"));
  }

  /// All of them as `otel.…` properties.
  Map<String, String> properties() {
    return settings.entrySet().stream()
        .collect(Collectors.toMap(e -> PREFIX + "." + e.getKey(), Map.Entry::getValue));
  }
}
