package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.ChatUsage.CompletedChat;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// One client span for each answer, by the OpenTelemetry conventions for generative AI, propagated
/// to the provider. Off unless `OTEL_TRACES_EXPORTER` is set; never with content.
///
/// A span is always a root span: trace headers of a browser are not trusted.
@Component
class Traces {
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final OpenTelemetry telemetry;
  private final Provider provider;
  private final Tracer tracer;

  Traces(Telemetry settings, Provider provider) {
    this.telemetry = settings.exportsTraces() ? sdk(settings) : OpenTelemetry.noop();
    this.provider = provider;
    this.tracer = telemetry.getTracer(Telemetry.SERVICE);
  }

  private static OpenTelemetry sdk(Telemetry settings) {
    Map<String, String> properties = new HashMap<>(settings.properties());
    properties.putIfAbsent("otel.service.name", Telemetry.SERVICE);
    properties.putIfAbsent("otel.exporter.otlp.protocol", "http/protobuf");
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook()
          .addPropertiesCustomizer(_ -> properties)
          .build()
          .getOpenTelemetrySdk();
    } catch (RuntimeException e) {
      throw settings.problem(e);
    }
  }

  Span start(String model) {
    return tracer
        .spanBuilder("chat " + model)
        .setNoParent()
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute("gen_ai.operation.name", "chat")
        .setAttribute("gen_ai.provider.name", provider.name())
        .setAttribute("gen_ai.request.model", model)
        .setAttribute("gen_ai.request.stream", true)
        .setAttribute("openai.api.type", "responses")
        .setAttribute("server.address", provider.host())
        .setAttribute("server.port", (long) provider.responsesUri().getPort())
        .startSpan();
  }

  /// The W3C trace context headers of a span.
  Map<String, String> headers(Span span) {
    Map<String, String> headers = HashMap.newHashMap(2);
    W3CTraceContextPropagator.getInstance()
        .inject(Context.root().with(span), headers, (_, name, value) -> headers.put(name, value));
    return headers;
  }

  void end(Span span, CompletedChat chat) {
    if (!span.isRecording()) {
      return;
    }
    span.setAttribute("outcome", chat.outcome().label());
    if (chat.model() != null) {
      span.setAttribute("gen_ai.response.model", chat.model());
    }
    if (chat.firstToken() != null) {
      span.setAttribute(
          "gen_ai.response.time_to_first_chunk", chat.firstToken().toNanos() / NANOS_PER_SECOND);
    }
    if (chat.attempts() > 1) {
      span.setAttribute("http.request.resend_count", chat.attempts() - 1L);
    }
    Usage usage = chat.usage();
    if (usage != null) {
      span.setAttribute("gen_ai.usage.input_tokens", usage.inputTokens());
      span.setAttribute("gen_ai.usage.output_tokens", usage.outputTokens());
      span.setAttribute("gen_ai.usage.cache_read.input_tokens", usage.cachedTokens());
      span.setAttribute("gen_ai.usage.reasoning.output_tokens", usage.reasoningTokens());
    }
    if (chat.failure() != null) {
      span.setAttribute("error.type", chat.failure().code().code());
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /// Exports the remaining spans.
  @PreDestroy
  void close() {
    if (telemetry instanceof OpenTelemetrySdk sdk) {
      sdk.close();
    }
  }
}
