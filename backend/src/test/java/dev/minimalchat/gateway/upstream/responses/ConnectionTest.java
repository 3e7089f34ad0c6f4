package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a connection serves again, and where none is made.
class ConnectionTest {
  private static final Duration LINGER = Duration.ofMillis(500);

  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @Test
  void servesTheNextAnswerAfterACleanEnd() {
    for (int i = 0; i < 3; i++) {
      StreamCollector reading = client.collect();
      provider.take().answer("Hi");

      assertThat(reading.text()).isEqualTo("Hi");
    }

    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void servesTheNextAnswerAfterADocument() {
    for (int i = 0; i < 2; i++) {
      StreamCollector reading = client.collect();
      provider.take().answer("200 OK", "application/json", "{\"output\":[]}");

      assertThat(reading.failure()).isNull();
    }

    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void waitsForTheEndOfTheStreamBehindTheEndOfTheAnswer() {
    StreamCollector first = client.collect();
    Call call = provider.take();
    call.openStream();
    call.complete();
    assertThat(first.next()).isInstanceOf(Completed.class);
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

  @Test
  void isCutWhereTheProviderDoesNotEndItsStream() {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    call.openStream();
    call.complete();
    assertThat(reading.next()).isInstanceOf(Completed.class);
    client.scheduler.awaitTimer();

    client.scheduler.advance(LINGER);

    call.awaitHangUp();
    assertThat(reading.failure()).isNull();
  }

  @Test
  void isNotUsedAgainAfterTheReaderLeft() {
    StreamCollector first = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    first.next();
    first.close();
    call.awaitHangUp();

    StreamCollector second = client.collect();
    provider.take().answer("Hi");

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(2);
  }

  @Test
  void isMadeAnewWhereTheProviderHasClosedItMeanwhile() {
    StreamCollector first = client.collect();
    Call call = provider.take();
    call.answer("Hi");
    assertThat(first.failure()).isNull();
    call.hangUp();

    Thread.startVirtualThread(() -> provider.take().answer("Hi"));
    StreamCollector second = client.collect();
    if (second.failure() != null) {
      assertThat(second.failure()).is(Failures.PASSING);
      second = client.collect();
    }

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void isNotMadeWhereARedirectionPoints(int status) {
    try (SocketProvider elsewhere = new SocketProvider()) {
      StreamCollector reading = client.collect();
      provider.take().redirect(status, elsewhere.base() + "/responses");

      assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
      assertThat(elsewhere.connections()).isZero();
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void carriesNoSecondRequestWhereARedirectionPointsBack(int status) {
    StreamCollector reading = client.collect();
    provider.take().redirect(status, "/v1/elsewhere");

    // A second request would stay without an answer, and the reader without an end.
    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }
}
