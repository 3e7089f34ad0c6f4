package dev.minimalchat.gateway.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Failures;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.Reading;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Working;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionTest {
  private static final String DELTA = "{\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}";
  private static final String COMPLETED = "{\"type\":\"response.completed\",\"response\":{}}";
  private static final Duration LINGER = Duration.ofMillis(500);

  private SocketProvider provider;
  private OpenAiClient client;

  @BeforeEach
  void listen() throws IOException {
    provider = new SocketProvider();
    client = new OpenAiClient(provider.base());
  }

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  @Test
  void servesTheNextAnswerAfterACleanEnd() {
    for (int i = 0; i < 3; i++) {
      Reading reading = client.ask();
      answer(provider.take());

      assertThat(reading.text()).isEqualTo("Hi");
    }

    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void servesTheNextAnswerAfterADocument() {
    for (int i = 0; i < 2; i++) {
      Reading reading = client.ask();
      provider.take().answer("200 OK", "application/json", "{\"output\":[]}");

      assertThat(reading.failure()).isNull();
    }

    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void waitsForTheEndOfTheStreamBehindTheEndOfTheAnswer() {
    Reading first = client.ask();
    Call call = provider.take();
    call.openStream();
    call.event(COMPLETED);
    assertThat(first.next()).isInstanceOf(Completed.class);
    client.scheduler.awaitTimer();
    call.event("[DONE]");
    call.endStream();
    assertThat(first.failure()).isNull();

    Reading second = client.ask();
    answer(provider.take());

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(1);
    assertThat(client.scheduler.waiting()).isZero();
  }

  @Test
  void isCutWhereTheProviderDoesNotEndItsStream() {
    Reading reading = client.ask();
    Call call = provider.take();
    call.openStream();
    call.event(COMPLETED);
    assertThat(reading.next()).isInstanceOf(Completed.class);
    client.scheduler.awaitTimer();

    client.scheduler.advance(LINGER);

    call.awaitHangUp();
    assertThat(reading.failure()).isNull();
  }

  @Test
  void isNotUsedAgainAfterTheReaderLeft() {
    Reading first = client.ask();
    Call call = provider.take();
    call.openStream();
    call.event(DELTA);
    first.next();
    first.close();
    call.awaitHangUp();

    Reading second = client.ask();
    answer(provider.take());

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void closesWhenTheReaderLeaves(Phase phase) {
    Reading reading = client.ask();
    Call call = provider.take();
    phase.reach(call, reading);

    reading.close();

    call.awaitHangUp();
    assertThat(reading.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .isNot(Failures.PASSING);
  }

  @ParameterizedTest
  @EnumSource
  void canBeClosedTwice(Phase phase) {
    Reading reading = client.ask();
    Call call = provider.take();
    phase.reach(call, reading);

    reading.close();
    reading.close();

    call.awaitHangUp();
  }

  @ParameterizedTest
  @EnumSource
  void failsInAWayThatMayPassWhereTheProviderHangsUp(Phase phase) {
    Reading reading = client.ask();
    Call call = provider.take();
    phase.reach(call, reading);

    call.hangUp();

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR)).is(Failures.PASSING);
  }

  @ParameterizedTest
  @EnumSource
  void failsInAWayThatMayPassWhereItIsReset(Phase phase) {
    Reading reading = client.ask();
    Call call = provider.take();
    phase.reach(call, reading);

    call.reset();

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR)).is(Failures.PASSING);
  }

  @Test
  void keepsTheTextThatCameBeforeTheCut() {
    Reading reading = client.ask();
    Call call = provider.take();
    call.openStream();
    call.event(DELTA);
    call.send("ff\r\ndata: {\"type\":\"response.output");
    call.hangUp();

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(reading.events()).containsExactly(new TextDelta("Hi"));
  }

  @Test
  void failsWhereAChunkIsNone() {
    Reading reading = client.ask();
    Call call = provider.take();
    call.openStream();
    call.event(DELTA);
    call.send("what\r\n");

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    call.awaitHangUp();
  }

  @Test
  void isMadeAnewWhereTheProviderHasClosedItMeanwhile() {
    Reading first = client.ask();
    Call call = provider.take();
    answer(call);
    assertThat(first.failure()).isNull();
    call.hangUp();

    Thread.startVirtualThread(() -> answer(provider.take()));
    Reading second = client.ask();
    if (second.failure() != null) {
      assertThat(second.failure()).is(Failures.PASSING);
      second = client.ask();
    }

    assertThat(second.text()).isEqualTo("Hi");
    assertThat(provider.connections()).isEqualTo(2);
  }

  @Test
  void carriesNothingForAReaderThatLeftBeforeItAsked() {
    UpstreamStream stream = client.ask(OpenAiClient.aQuestion());

    stream.close();

    assertThat(catchThrowableOfType(Failure.class, stream::next))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(provider.connections()).isZero();
  }

  @Test
  void failsInAWayThatMayPassWhereNobodyListens() {
    URI base = provider.base();
    provider.close();
    try (OpenAiClient asking = new OpenAiClient(base)) {
      assertThat(asking.ask().failure())
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .is(Failures.PASSING);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where a full queue leaves callers waiting
  void closesWhileNobodyTakesTheCall() throws IOException {
    try (BusyLine line = new BusyLine();
        OpenAiClient asking = new OpenAiClient(line.base())) {
      Reading reading = asking.ask();
      reading.awaitConnecting();

      reading.close();

      assertThat(reading.failure())
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .isNot(Failures.PASSING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotMadeWhereARedirectionPoints(Redirection redirection) throws IOException {
    try (SocketProvider elsewhere = new SocketProvider()) {
      Reading reading = client.ask();
      Call call = provider.take();
      call.send(
          "HTTP/1.1 %d Moved\r\nLocation: %s/responses\r\nContent-Length: 0\r\n\r\n"
              .formatted(redirection.status, elsewhere.base()));

      assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
      assertThat(elsewhere.connections()).isZero();
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheKeyOutOfEveryFailure(Ending ending) {
    Reading reading = client.ask();
    Call call = provider.take();
    ending.bring(call);

    assertThat(everythingOf(reading.failure())).isNotEmpty().doesNotContain(ProviderSettings.KEY);
  }

  @Test
  void keepsTheKeyOutOfEveryDescription() {
    var properties = ProviderSettings.plain(provider.base());

    assertThat(properties.toString()).doesNotContain(ProviderSettings.KEY);
    assertThat(new Provider("custom", provider.base(), ProviderSettings.KEY, "m").toString())
        .doesNotContain(ProviderSettings.KEY);
  }

  private static void answer(Call call) {
    call.openStream();
    call.event(DELTA);
    call.event(COMPLETED);
    call.endStream();
  }

  private static String everythingOf(@Nullable Failure failure) {
    StringWriter text = new StringWriter();
    if (failure != null) {
      failure.printStackTrace(new PrintWriter(text));
      text.append(failure.userMessage());
    }
    return text.toString();
  }

  /// How far an answer has come.
  enum Phase {
    BEFORE_THE_HEAD,
    BEFORE_THE_FIRST_EVENT,
    BEFORE_THE_TEXT,
    IN_THE_TEXT,
    INSIDE_AN_EVENT;

    void reach(Call call, Reading reading) {
      if (this == BEFORE_THE_HEAD) {
        return;
      }
      call.openStream();
      if (this == BEFORE_THE_FIRST_EVENT) {
        call.chunk(": a comment\n\n");
        return;
      }
      call.event("{\"type\":\"response.in_progress\"}");
      assertThat(reading.next()).isInstanceOf(Working.class);
      if (this == BEFORE_THE_TEXT) {
        return;
      }
      call.event(DELTA);
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

  enum Redirection {
    MOVED_PERMANENTLY(301),
    FOUND(302),
    SEE_OTHER(303),
    TEMPORARY(307),
    PERMANENT(308);

    private final int status;

    Redirection(int status) {
      this.status = status;
    }
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
