package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
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

/// Whoever ends an answer before its end: the reader, the provider, or the network between them.
class CancellationTest {
  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @ParameterizedTest
  @EnumSource
  void reachesTheProviderWhenTheReaderLeaves(Phase phase) {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    phase.reach(call, reading);

    reading.close();

    call.awaitHangUp();
    assertThat(reading.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .isNot(Failures.PASSING)
        .hasMessage("closed by the gateway");
  }

  @ParameterizedTest
  @EnumSource
  void mayBeRepeated(Phase phase) {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    phase.reach(call, reading);

    reading.close();
    reading.close();

    call.awaitHangUp();
  }

  @Test
  void needsNoConnectionBeforeTheReaderAsked() {
    UpstreamStream stream = client.stream(OpenAiClient.aQuestion());

    stream.close();

    assertThat(catchThrowableOfType(Failure.class, stream::next))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(provider.connections()).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where a full queue leaves callers waiting
  void endsTheWaitWhileNobodyTakesTheCall() throws IOException {
    try (BusyLine line = new BusyLine();
        OpenAiClient asking = new OpenAiClient(line.base())) {
      StreamCollector reading = asking.collect();
      reading.awaitConnecting();

      reading.close();

      assertThat(reading.failure())
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .isNot(Failures.PASSING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAFailureThatMayPassWhereItIsTheProviders(Phase phase) {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    phase.reach(call, reading);

    call.hangUp();

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR)).is(Failures.PASSING);
  }

  @ParameterizedTest
  @EnumSource
  void isAFailureThatMayPassWhereItIsAReset(Phase phase) {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    phase.reach(call, reading);

    call.reset();

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR)).is(Failures.PASSING);
  }

  @Test
  void isAFailureThatMayPassWhereNobodyListens() {
    URI base = provider.base();
    provider.close();
    try (OpenAiClient asking = new OpenAiClient(base)) {
      assertThat(asking.collect().failure())
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .is(Failures.PASSING);
    }
  }

  @Test
  void leavesTheTextThatCameBeforeIt() {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    call.send("ff\r\ndata: {\"type\":\"response.output");
    call.hangUp();

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(reading.events()).containsExactly(new TextDelta("Hi"));
  }

  @Test
  void answersAChunkThatIsNone() {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    call.send("what\r\n");

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    call.awaitHangUp();
  }

  @Test
  void answersAnEventThatNobodyShouldHold() {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    call.openStream();
    call.chunk("data: " + "x".repeat(5 << 20));

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    call.awaitHangUp();
  }

  /// How far an answer has come.
  enum Phase {
    BEFORE_THE_HEAD,
    BEFORE_THE_FIRST_EVENT,
    BEFORE_THE_TEXT,
    IN_THE_TEXT,
    INSIDE_AN_EVENT;

    void reach(Call call, StreamCollector reading) {
      if (this == BEFORE_THE_HEAD) {
        return;
      }
      call.openStream();
      if (this == BEFORE_THE_FIRST_EVENT) {
        call.chunk(": a comment\n\n");
        return;
      }
      call.event("{\"type\":\"response.in_progress\"}");
      assertThat(reading.next()).isInstanceOf(InProgress.class);
      if (this == BEFORE_THE_TEXT) {
        return;
      }
      call.delta("Hi");
      assertThat(reading.next()).isEqualTo(new TextDelta("Hi"));
      if (this == INSIDE_AN_EVENT) {
        call.chunk("data: {\"type\":\"response.out");
      }
    }
  }

  /// A provider that takes no more calls.
  private static final class BusyLine implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    BusyLine() throws IOException {
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      }
    }

    URI base() {
      return URI.create("http://127.0.0.1:%d/v1".formatted(server.getLocalPort()));
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : waiting) {
        socket.close();
      }
      server.close();
    }
  }
}
