package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.upstream.Authority;
import io.micrometer.registry.otlp.AggregationTemporality;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
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
  private static final Pattern MILLISECONDS = Pattern.compile("[1-9]\\d{0,9}");

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
  ///
  /// @throws TelemetryException if it is malformed
  @Nullable String metricsEndpoint() {
    if (settings.getOrDefault("metrics.exporter", "otlp").equals(NONE)) {
      return null;
    }
    String own = endpoint("exporter.otlp.metrics.endpoint");
    String all = own == null ? endpoint("exporter.otlp.endpoint") : null;
    return all == null ? own : all.replaceAll("/+$", "") + "/v1/metrics";
  }

  private @Nullable String endpoint(String name) {
    String endpoint = settings.get(name);
    if (endpoint != null && !isAddress(endpoint)) {
      throw new TelemetryException(
          variable(name) + " is not an address, such as http://collector:4318");
    }
    return endpoint;
  }

  private static boolean isAddress(String endpoint) {
    try {
      URI address = new URI(endpoint);
      boolean isHttp = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      return isHttp && Authority.of(address) != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// How often metrics are exported.
  ///
  /// @throws TelemetryException if it is no number of milliseconds
  Duration metricsInterval() {
    String name = "metric.export.interval";
    String interval = settings.getOrDefault(name, "60000");
    if (!MILLISECONDS.matcher(interval).matches()) {
      throw new TelemetryException(
          variable(name) + " is not a number of milliseconds, such as 60000");
    }
    return Duration.ofMillis(Long.parseLong(interval));
  }

  /// `lowmemory` is delta for all that a gateway counts.
  ///
  /// @throws TelemetryException if the standard has no such value
  AggregationTemporality metricsTemporality() {
    String name = "exporter.otlp.metrics.temporality.preference";
    return switch (settings.getOrDefault(name, "cumulative").toLowerCase(Locale.ROOT)) {
      case "cumulative" -> AggregationTemporality.CUMULATIVE;
      case "delta", "lowmemory" -> AggregationTemporality.DELTA;
      default ->
          throw new TelemetryException(variable(name) + " is not cumulative, delta or lowmemory");
    };
  }

  /// The problem of a failure in OpenTelemetry, whose messages quote the value. It names the
  /// variable that the message names, or whose value it quotes.
  TelemetryException problem(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    List<String> names =
        settings.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    String name =
        names.stream()
            .filter(each -> message.contains(PREFIX + "." + each))
            .findFirst()
            .or(() ->
                names.stream()
                    .filter(each -> message.contains(settings.getOrDefault(each, "")))
                    .findFirst())
            .orElse("traces.exporter");
    return new TelemetryException(
        variable(name) + " has a value that OpenTelemetry does not accept");
  }

  private static String variable(String name) {
    return (PREFIX + "." + name).toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /// All of them as `otel.…` properties.
  Map<String, String> properties() {
    return settings.entrySet().stream()
        .collect(Collectors.toMap(e -> PREFIX + "." + e.getKey(), Map.Entry::getValue));
  }
}
