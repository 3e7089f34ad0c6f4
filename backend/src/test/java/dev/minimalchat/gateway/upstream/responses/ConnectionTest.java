package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reuse of provider connections, and redirects.
class ConnectionTest {
  private static final Duration DRAIN_TIMEOUT = Duration.ofMillis(500);

  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @Test
  void reusesTheConnectionAfterACompleteStream() {
    for (int i = 0; i < 3; i++) {
      StreamCollector collector = client.collect();
      provider.take().answer("Hi");

      assertThat(collector.text()).isEqualTo("Hi");
    }

    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void reusesTheConnectionAfterAJsonResponse() {
    for (int i = 0; i < 2; i++) {
      StreamCollector collector = client.collect();
      provider.take().answer("200 OK", "application/json", "{\"output\":[]}");

      assertThat(collector.failure()).isNull();
    }

    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void reusesTheConnectionWhenTheBodyEndsAfterTheTerminalEvent() {
    StreamCollector first = client.collect();
    Call call = provider.take();
    call.openStream();
    call.complete();
    assertThat(first.next()).isInstanceOf(Incomplete.class);
    client.scheduler.awaitTimer();
    call.event("[DONE]");
    call.endStream();
    assertThat(first.failure()).isNull();

    StreamCollector second = client.collect();
    provider.take().answer("Hi");

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(1);
    assertThat(client.scheduler.pending()).isZero();
  }

  /// Bytes that are buffered with the end of the response, and bytes that follow later.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neverTakesBytesThatNoRequestAskedForAsTheNextResponse(boolean later) {
    String json = "{\"output\":[]}";
    String response =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(json.length(), json);
    String foreign = response.replace(json, json.replace("[]", "1 "));
    StreamCollector first = client.collect();
    Call call = provider.take();
    call.send(later ? response : response + foreign);
    assertThat(first.failure()).isNull();
    if (later) {
      call.send(foreign);
    }

    StreamCollector second = client.collect();
    assertThat(second.failure())
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(UpstreamFailure.isTransient(it)).isTrue());
    StreamCollector third = client.collect();
    provider.take().answer("Hi");

    assertThat(third.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(2);
  }

  @Test
  void abortsTheConnectionAfterTheDrainTimeout() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    call.complete();
    assertThat(collector.next()).isInstanceOf(Incomplete.class);
    client.scheduler.awaitTimer();

    client.scheduler.advance(DRAIN_TIMEOUT);

    call.awaitDisconnect();
    assertThat(collector.failure()).isNull();
  }

  @Test
  void doesNotReuseAConnectionAfterClose() {
    StreamCollector first = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    first.next();
    first.close();
    call.awaitDisconnect();

    StreamCollector second = client.collect();
    provider.take().answer("Hi");

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(2);
  }

  @Test
  void opensANewConnectionWhenTheProviderClosedTheIdleOne() {
    StreamCollector first = client.collect();
    Call call = provider.take();
    call.answer("Hi");
    assertThat(first.failure()).isNull();
    call.disconnect();

    Thread.startVirtualThread(() -> provider.take().answer("Hi"));
    StreamCollector second = client.collect();
    if (second.failure() != null) {
      assertThat(second.failure()).is(Failures.TRANSIENT);
      second = client.collect();
    }

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(2);
  }

  @Test
  void closesAConnectionThatTheProviderHasClosed() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.answer("Hi");
    assertThat(collector.failure()).isNull();

    call.endOutput();

    call.awaitDisconnect();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowARedirectToAnotherHost(int status) {
    try (SocketProvider other = new SocketProvider()) {
      StreamCollector collector = client.collect();
      provider.take().redirect(status, other.base() + "/responses");

      assertThat(collector.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
      assertThat(other.connections()).isZero();
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowARedirectToTheSameHost(int status) {
    StreamCollector collector = client.collect();
    provider.take().redirect(status, "/v1/other");

    // A second request would get no response, and the stream would not end.
    assertThat(collector.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }
}
