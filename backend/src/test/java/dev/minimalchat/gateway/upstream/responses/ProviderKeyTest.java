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

/// The provider's secret stands in one header of the request, and nowhere else.
class ProviderKeyTest {
  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @Test
  void isNotInTheBody() {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    reading.close();

    assertThat(call.headers()).containsEntry("authorization", "Bearer " + ProviderSettings.KEY);
    assertThat(call.body()).isNotEmpty().doesNotContain(ProviderSettings.KEY);
  }

  @ParameterizedTest
  @EnumSource
  void isInNoFailure(Ending ending) {
    StreamCollector reading = client.collect();
    ending.bring(provider.take());

    assertThat(everythingOf(reading.failure())).isNotEmpty().doesNotContain(ProviderSettings.KEY);
  }

  @Test
  void isInNoDescription() {
    var properties = ProviderSettings.plain(provider.base());
    var custom = new Provider("custom", provider.base(), ProviderSettings.KEY, "m");

    assertThat(properties.toString()).doesNotContain(ProviderSettings.KEY);
    assertThat(custom.toString()).doesNotContain(ProviderSettings.KEY);
  }

  private static String everythingOf(@Nullable Failure failure) {
    StringWriter text = new StringWriter();
    if (failure != null) {
      failure.printStackTrace(new PrintWriter(text));
      text.append(failure.userMessage());
    }
    return text.toString();
  }

  enum Ending {
    HANG_UP,
    RESET,
    NONSENSE,
    A_PAGE,
    A_REFUSAL_THAT_QUOTES_THE_KEY,
    AN_ERROR_IN_THE_STREAM;

    void bring(Call call) {
      switch (this) {
        case HANG_UP -> call.hangUp();
        case RESET -> call.reset();
        case NONSENSE -> {
          call.send("nonsense\r\n\r\n");
          call.hangUp();
        }
        case A_PAGE -> call.answer("200 OK", "text/html", "<p>");
        case A_REFUSAL_THAT_QUOTES_THE_KEY ->
            call.answer(
                "401 " + ProviderSettings.KEY,
                "application/json",
                "{\"error\":{\"message\":\"Incorrect API key: %s\",\"code\":\"invalid_api_key\"}}"
                    .formatted(ProviderSettings.KEY));
        case AN_ERROR_IN_THE_STREAM -> {
          call.openStream();
          call.event("{\"type\":\"error\",\"code\":\"server_error\"}");
        }
      }
    }
  }
}
