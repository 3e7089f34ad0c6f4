package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The provider's API key is sent in one request header and appears nowhere else.
class ProviderKeyTest {
  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @Test
  void theKeyIsInTheAuthorizationHeaderAndNotInTheBody() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    collector.close();

    assertThat(call.headers()).containsEntry("authorization", "Bearer " + ProviderSettings.KEY);
    assertThat(call.body()).isNotEmpty().doesNotContain(ProviderSettings.KEY);
  }

  @ParameterizedTest
  @EnumSource
  void noFailureContainsTheKey(Fault fault) {
    StreamCollector collector = client.collect();
    fault.send(provider.take());

    assertThat(stackTraceAndUserMessage(collector.failure()))
        .isNotEmpty()
        .doesNotContain(ProviderSettings.KEY);
  }

  @Test
  void noToStringContainsTheKey() {
    var properties = ProviderSettings.defaults(provider.base());
    var custom = new Provider("custom", provider.base(), ProviderSettings.KEY, "m");

    assertThat(properties.toString()).doesNotContain(ProviderSettings.KEY);
    assertThat(custom.toString()).doesNotContain(ProviderSettings.KEY);
  }

  private static String stackTraceAndUserMessage(@Nullable Failure failure) {
    StringWriter text = new StringWriter();
    if (failure != null) {
      failure.printStackTrace(new PrintWriter(text));
      text.append(failure.userMessage());
    }
    return text.toString();
  }

  enum Fault {
    DISCONNECT,
    CONNECTION_RESET,
    MALFORMED_RESPONSE,
    HTML_PAGE,
    ERROR_THAT_CONTAINS_THE_KEY,
    ERROR_EVENT;

    void send(Call call) {
      switch (this) {
        case DISCONNECT -> call.disconnect();
        case CONNECTION_RESET -> call.reset();
        case MALFORMED_RESPONSE -> {
          call.send("nonsense\r\n\r\n");
          call.disconnect();
        }
        case HTML_PAGE -> call.answer("200 OK", "text/html", "<p>");
        case ERROR_THAT_CONTAINS_THE_KEY ->
            call.answer(
                "401 " + ProviderSettings.KEY,
                "application/json",
                "{\"error\":{\"message\":\"Incorrect API key: %s\",\"code\":\"invalid_api_key\"}}"
                    .formatted(ProviderSettings.KEY));
        case ERROR_EVENT -> {
          call.openStream();
          call.event("{\"type\":\"error\",\"code\":\"server_error\"}");
        }
      }
    }
  }
}
