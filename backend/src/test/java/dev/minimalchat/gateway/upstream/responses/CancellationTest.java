package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams that end before their terminal event: by [UpstreamStream#close], by the provider or by
/// the network.
class CancellationTest {
  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @ParameterizedTest
  @EnumSource
  void closeDisconnectsFromTheProvider(Phase phase) {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    phase.reach(call, collector);

    collector.close();

    call.awaitDisconnect();
    assertThat(collector.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .isNot(Failures.TRANSIENT)
        .hasMessage("closed by the gateway");
  }

  @ParameterizedTest
  @EnumSource
  void closeIsIdempotent(Phase phase) {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    phase.reach(call, collector);

    collector.close();
    collector.close();

    call.awaitDisconnect();
  }

  @Test
  void closeBeforeTheFirstReadOpensNoConnection() {
    UpstreamStream stream = client.stream(OpenAiClient.aRequest());

    stream.close();

    assertThat(catchThrowableOfType(Failure.class, stream::next))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(provider.connections()).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX) // other systems refuse a connection if the backlog is full
  void closeAbortsAPendingConnect() throws IOException {
    try (FullBacklog server = new FullBacklog();
        OpenAiClient connecting = new OpenAiClient(server.base())) {
      StreamCollector collector = connecting.collect();
      collector.awaitConnecting();

      collector.close();

      assertThat(collector.failure())
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .isNot(Failures.TRANSIENT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDisconnectByTheProviderIsATransientFailure(Phase phase) {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    phase.reach(call, collector);

    call.disconnect();

    assertThat(collector.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .is(Failures.TRANSIENT);
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionResetIsATransientFailure(Phase phase) {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    phase.reach(call, collector);

    call.reset();

    assertThat(collector.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .is(Failures.TRANSIENT);
  }

  @Test
  void aRefusedConnectionIsATransientFailure() {
    URI base = provider.base();
    provider.close();
    try (OpenAiClient connecting = new OpenAiClient(base)) {
      assertThat(connecting.collect().failure())
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .is(Failures.TRANSIENT);
    }
  }

  @Test
  void keepsTheEventsBeforeADisconnect() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    call.send("ff\r\ndata: {\"type\":\"response.output");
    call.disconnect();

    assertThat(collector.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(collector.events()).containsExactly(new TextDelta("Hi"));
  }

  @Test
  void failsAndDisconnectsOnAMalformedChunk() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    call.send("what\r\n");

    assertThat(collector.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    call.awaitDisconnect();
  }

  @Test
  void failsAndDisconnectsOnAnEventAboveTheSizeLimit() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    call.chunk("data: " + "x".repeat(5 << 20));

    assertThat(collector.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    call.awaitDisconnect();
  }

  /// The part of the response that the client has received.
  enum Phase {
    BEFORE_THE_RESPONSE_HEAD,
    BEFORE_THE_FIRST_EVENT,
    BEFORE_THE_TEXT,
    DURING_THE_TEXT,
    INSIDE_AN_EVENT;

    void reach(Call call, StreamCollector collector) {
      if (this == BEFORE_THE_RESPONSE_HEAD) {
        return;
      }
      call.openStream();
      if (this == BEFORE_THE_FIRST_EVENT) {
        call.chunk(": a comment\n\n");
        assertThat(collector.next()).isInstanceOf(KeepAlive.class);
        return;
      }
      call.event("{\"type\":\"response.in_progress\"}");
      assertThat(collector.next()).isInstanceOf(KeepAlive.class);
      if (this == BEFORE_THE_TEXT) {
        return;
      }
      call.delta("Hi");
      assertThat(collector.next()).isEqualTo(new TextDelta("Hi"));
      if (this == INSIDE_AN_EVENT) {
        call.chunk("data: {\"type\":\"response.out");
      }
    }
  }

  /// A server whose backlog is full, so that a connect blocks.
  private static final class FullBacklog implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> connections = new ArrayList<>();

    FullBacklog() throws IOException {
      for (int i = 0; i < 2; i++) {
        connections.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      }
    }

    URI base() {
      return URI.create("http://127.0.0.1:%d/v1".formatted(server.getLocalPort()));
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : connections) {
        socket.close();
      }
      server.close();
    }
  }
}
