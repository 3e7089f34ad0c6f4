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

/// Export to an OpenTelemetry collector that the standard variables configure.
@DirtiesContext
class TelemetryIT extends RunningGateway {
  private static final String PROMPT = "prompt-canary-93be";
  private static final String ANSWER = "answer-canary-c417";

  @RegisterExtension
  private static final WireMockExtension COLLECTOR =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  /// The property names under which Spring binds `OTEL_EXPORTER_OTLP_ENDPOINT` and the others.
  @DynamicPropertySource
  static void variables(DynamicPropertyRegistry properties) {
    properties.add("otel.exporter.otlp.endpoint", COLLECTOR::baseUrl);
    properties.add("otel.traces.exporter", () -> "otlp");
    properties.add("otel.bsp.schedule.delay", () -> "50");
    properties.add("otel.metric.export.interval", () -> "500");
  }

  @BeforeEach
  void stubCollector() {
    COLLECTOR.stubFor(post("/v1/traces").willReturn(ok()));
    COLLECTOR.stubFor(post("/v1/metrics").willReturn(ok()));
  }

  @Test
  void exportsASpanAndPropagatesItToTheProvider() throws Exception {
    String parent = chatOnce();

    assertThat(parent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    String spans = awaitExport("/v1/traces", "chat gpt-4.1-mini");
    assertThat(spans)
        .contains("minimal-chatbot", "gen_ai.request.model", "openai.api.type", "completed")
        .doesNotContain(PROMPT, ANSWER, KEY, TOKEN);
  }

  @Test
  void exportsMetrics() throws Exception {
    chatOnce();

    assertThat(awaitExport("/v1/metrics", "gen_ai.client.operation.duration"))
        .contains("gateway.streams.active", "minimal-chatbot")
        .doesNotContain(PROMPT, ANSWER, KEY, TOKEN);
  }

  /// Returns the `traceparent` that the provider received.
  private String chatOnce() throws Exception {
    var answer = chat(PROMPT);
    Call call = PROVIDER.take();
    call.answer(ANSWER);
    answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    return call.headers().getOrDefault("traceparent", "none");
  }

  /// Waits until the collector has received the expected text, and returns everything received.
  private static String awaitExport(String path, String expected) {
    await().atMost(TestTimeouts.LIMIT).until(() -> received(path).contains(expected));
    return received(path);
  }

  private static String received(String path) {
    return COLLECTOR.findAll(postRequestedFor(urlEqualTo(path))).stream()
        .map(request -> request.getBodyAsString())
        .collect(Collectors.joining());
  }
}
