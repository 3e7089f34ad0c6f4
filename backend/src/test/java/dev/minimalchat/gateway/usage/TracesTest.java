package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.ChatUsage.CompletedChat;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class TracesTest {
  private final Traces traces =
      new Traces(
          new Telemetry(new MockEnvironment().withProperty("otel.traces.exporter", "in-memory")),
          TestUsage.PROVIDER);

  @BeforeEach
  void clear() {
    InMemorySpans.EXPORTED.clear();
  }

  @Test
  void exportsOneClientSpanForAnAnswer() {
    traces.end(traces.start("request-model"), completed(new Usage(30, 10, 40, 20, 70), null));

    SpanData span = exported();
    assertThat(span.getName()).isEqualTo("chat request-model");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attributes(span))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("gen_ai.operation.name", "chat"),
                Map.entry("gen_ai.provider.name", "custom"),
                Map.entry("gen_ai.request.model", "request-model"),
                Map.entry("gen_ai.request.stream", true),
                Map.entry("openai.api.type", "responses"),
                Map.entry("server.address", "localhost"),
                Map.entry("server.port", 8080L),
                Map.entry("http.request.resend_count", 2L),
                Map.entry("outcome", "completed"),
                Map.entry("gen_ai.response.model", "dated-model"),
                Map.entry("gen_ai.response.time_to_first_chunk", 0.15),
                Map.entry("gen_ai.usage.input_tokens", 30L),
                Map.entry("gen_ai.usage.output_tokens", 40L),
                Map.entry("gen_ai.usage.cache_read.input_tokens", 10L),
                Map.entry("gen_ai.usage.reasoning.output_tokens", 20L)));
  }

  @Test
  void setsTheErrorTypeAndStatusOfAFailure() {
    traces.end(
        traces.start("request-model"),
        completed(null, new Failure(ErrorCode.TIMEOUT, "the cause for the log")));

    SpanData span = exported();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription()).isEmpty();
    assertThat(span.getEvents()).isEmpty();
    assertThat(attributes(span)).containsEntry("error.type", "timeout");
  }

  @Test
  void omitsTheTokensWithoutUsage() {
    traces.end(traces.start("request-model"), completed(null, null));

    assertThat(attributes(exported()).keySet()).noneMatch(name -> name.startsWith("gen_ai.usage."));
  }

  @Test
  void aSpanIsARootSpanEvenInsideAnotherSpan() {
    Span outer = traces.start("request-model");
    Span inner;
    try (Scope _ = outer.makeCurrent()) {
      inner = traces.start("request-model");
    }
    traces.end(inner, completed(null, null));

    assertThat(exported().getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void theTraceContextHeadersNameTheSpan() {
    Span span = traces.start("request-model");

    assertThat(traces.headers(span))
        .containsExactly(
            Map.entry(
                "traceparent",
                "00-%s-%s-01"
                    .formatted(
                        span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId())));
    traces.close();
  }

  @Test
  void startsNoSpanAndSendsNoHeadersWithoutAnExporter() {
    Traces noTraces = TestUsage.noTraces();

    Span span = noTraces.start("request-model");
    noTraces.end(span, completed(null, null));

    assertThat(span.isRecording()).isFalse();
    assertThat(noTraces.headers(span)).isEmpty();
    noTraces.close();
    traces.close();
    assertThat(InMemorySpans.EXPORTED).isEmpty();
  }

  /// The only span, after a flush.
  private SpanData exported() {
    traces.close();
    assertThat(InMemorySpans.EXPORTED).hasSize(1);
    return InMemorySpans.EXPORTED.getFirst();
  }

  private static Map<String, Object> attributes(SpanData span) {
    return span.getAttributes().asMap().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
  }

  private static CompletedChat completed(@Nullable Usage usage, @Nullable Failure failure) {
    return new CompletedChat(
        TestUsage.PAGE,
        "request-model",
        failure == null ? Outcome.COMPLETED : Outcome.FAILED,
        200,
        failure,
        "dated-model",
        null,
        Duration.ofMillis(350),
        Duration.ofMillis(150),
        3,
        0,
        3,
        usage,
        0);
  }
}
