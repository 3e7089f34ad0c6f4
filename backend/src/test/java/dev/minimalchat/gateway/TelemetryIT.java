package dev.minimalchat.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// What a collector gets that the standard variables name.
@DirtiesContext
class TelemetryIT extends WholeGateway {
  private static final String PROMPT = "prompt-canary-93be";
  private static final String ANSWER = "answer-canary-c417";

  @RegisterExtension
  private static final WireMockExtension COLLECTOR =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  /// As Spring reads `OTEL_EXPORTER_OTLP_ENDPOINT` and the others.
  @DynamicPropertySource
  static void variables(DynamicPropertyRegistry properties) {
    properties.add("otel.exporter.otlp.endpoint", COLLECTOR::baseUrl);
    properties.add("otel.traces.exporter", () -> "otlp");
    properties.add("otel.bsp.schedule.delay", () -> "50");
    properties.add("otel.metric.export.interval", () -> "500");
  }

  @BeforeEach
  void collect() {
    COLLECTOR.stubFor(post("/v1/traces").willReturn(ok()));
    COLLECTOR.stubFor(post("/v1/metrics").willReturn(ok()));
  }

  @Test
  void isASpanThatTheProviderIsToldOf() throws Exception {
    String parent = converse();

    assertThat(parent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    String spans = awaitWords("/v1/traces", "chat gpt-4.1-mini");
    assertThat(spans)
        .contains("minimal-chatbot", "gen_ai.request.model", "openai.api.type", "completed")
        .doesNotContain(PROMPT, ANSWER, KEY, TOKEN);
  }

  @Test
  void isEveryMetric() throws Exception {
    converse();

    assertThat(awaitWords("/v1/metrics", "gen_ai.client.operation.duration"))
        .contains("gateway.streams.active", "minimal-chatbot")
        .doesNotContain(PROMPT, ANSWER, KEY, TOKEN);
  }

  /// Returns the `traceparent` that the provider got.
  private String converse() throws Exception {
    var answer = chat(PROMPT);
    Call call = PROVIDER.take();
    call.answer(ANSWER);
    answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    return call.headers().getOrDefault("traceparent", "none");
  }

  /// Waits until the collector has those words, and returns all it has.
  private static String awaitWords(String path, String words) {
    await().atMost(TestTimeouts.LIMIT).until(() -> received(path).contains(words));
    return received(path);
  }

  private static String received(String path) {
    return COLLECTOR.findAll(postRequestedFor(urlEqualTo(path))).stream()
        .map(request -> request.getBodyAsString())
        .collect(Collectors.joining());
  }
}
