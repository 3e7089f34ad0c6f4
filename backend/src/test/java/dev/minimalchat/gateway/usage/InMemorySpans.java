package dev.minimalchat.gateway.usage;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The exporter for `otel.traces.exporter=in-memory`. [java.util.ServiceLoader] creates it, so the
/// spans are static.
public final class InMemorySpans implements ConfigurableSpanExporterProvider {
  static final List<SpanData> EXPORTED = new CopyOnWriteArrayList<>();

  @Override
  public SpanExporter createExporter(ConfigProperties config) {
    return new Exporter();
  }

  @Override
  public String getName() {
    return "in-memory";
  }

  private static final class Exporter implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      EXPORTED.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
