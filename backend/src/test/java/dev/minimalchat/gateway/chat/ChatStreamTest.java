package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.ReportedFailure;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The start and the relay of an answer.
class ChatStreamTest {
  private final Failure timeout = new Failure(ErrorCode.TIMEOUT, "no event in time");
  private final ChatStreamFixture chat = new ChatStreamFixture();

  @AfterEach
  void close() throws InterruptedException {
    chat.close();
  }

  @Test
  void sendsNothingBeforeTheFirstContentEvent() throws Exception {
    chat.start();
    chat.upstream.emits(new Created("resp_p", "model-2025"), new InProgress(), new Unknown());
    chat.upstream.awaitReader(2);
    assertThat(chat.emitter.remainingChunks()).isEmpty();

    chat.upstream.emits(new TextDelta("Hi"));

    chat.awaitFirstEvent();
    assertThat(chat.emitter.nextChunk()).contains("response.created", "resp_p", "\"delta\":\"Hi\"");
  }

  @Test
  void throwsAFailureBeforeTheFirstEvent() {
    chat.upstream.fails(timeout);
    chat.start();

    assertThatExceptionOfType(ReportedFailure.class)
        .isThrownBy(chat::awaitFirstEvent)
        .havingCause()
        .isSameAs(timeout);
  }

  @Test
  void sendsNothingWhenTheUpstreamFailsBeforeTheFirstEvent() throws Exception {
    chat.upstream.emits(new Created("resp_p", "model-2025")).fails(timeout);
    chat.start();
    chat.awaitFinished();

    assertThat(chat.emitter.remainingChunks()).isEmpty();
  }

  @Test
  void throwsAnUnexpectedExceptionAsInternal() {
    chat.upstream.fails(new IllegalStateException("canary"));
    chat.start();

    assertThatExceptionOfType(ReportedFailure.class)
        .isThrownBy(chat::awaitFirstEvent)
        .havingCause()
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.INTERNAL));
  }

  @Test
  void sendsACommentAfterTheStatusHold() throws Exception {
    chat.start();
    chat.stream.awaitFirstEvent(ChatStreamFixture.NO_STATUS_HOLD, () -> false);

    assertThat(chat.emitter.nextChunk()).isEqualTo(": keep-alive\n\n");
  }

  @Test
  void sendsBufferedEventsAfterTheStatusHold() throws Exception {
    chat.start();
    chat.upstream.emits(new Created("resp_p", "model-2025"));
    chat.upstream.awaitReader(2);
    chat.stream.awaitFirstEvent(ChatStreamFixture.NO_STATUS_HOLD, () -> false);

    assertThat(chat.emitter.nextChunk())
        .contains("response.created", "resp_p")
        .doesNotContain(": keep");
  }

  @Test
  void sendsAFailureAfterTheStatusHoldAsAnErrorEvent() throws Exception {
    chat.start();
    chat.stream.awaitFirstEvent(ChatStreamFixture.NO_STATUS_HOLD, () -> false);
    chat.upstream.fails(timeout);
    chat.awaitFinished();

    assertThat(chat.emitter.remainingChunks())
        .last()
        .asString()
        .contains("event: response.created", "event: error");
  }

  @Test
  void commitsAnAnswerThatEndedAfterTheStatusHold() throws Exception {
    chat.start();
    chat.stream.awaitFirstEvent(ChatStreamFixture.NO_STATUS_HOLD, () -> false);
    chat.upstream.fails(timeout);
    chat.awaitFinished();
    chat.emitter.rejectsSendsAfterCompletion();

    assertThatCode(() -> chat.stream.awaitFirstEvent(ChatStreamFixture.NO_STATUS_HOLD, () -> false))
        .doesNotThrowAnyException();
  }

  @Test
  void sendsAnEventBeforeTheNextArrives() throws Exception {
    chat.upstream.emits(new TextDelta("a"));
    chat.start();
    chat.awaitFirstEvent();
    assertThat(chat.emitter.nextChunk()).contains("\"delta\":\"a\"");

    chat.upstream.emits(new TextDelta("b"));

    assertThat(chat.emitter.nextChunk()).contains("\"delta\":\"b\"").doesNotContain("\"a\"");
  }

  @Test
  void sendsAvailableEventsInOneChunk() throws Exception {
    chat.upstream.emits(new TextDelta("a"), new TextDelta("b"), new TextDelta("c"));
    chat.start();
    chat.awaitFirstEvent();

    assertThat(chat.emitter.nextChunk()).contains("\"a\"", "\"b\"", "\"c\"");
  }

  @Test
  void sendsAKeepAliveCommentAfterTenSecondsWithoutAnEvent() throws Exception {
    chat.upstream.emits(new TextDelta("a"));
    chat.start();
    chat.awaitFirstEvent();
    chat.emitter.nextChunk();

    chat.timers.advance(Duration.ofSeconds(10));

    assertThat(chat.emitter.nextChunk()).isEqualTo(": keep-alive\n\n");
  }

  @Test
  void postponesTheKeepAliveAfterEachEvent() throws Exception {
    chat.upstream.emits(new TextDelta("a"));
    chat.start();
    chat.awaitFirstEvent();
    chat.emitter.nextChunk();
    chat.timers.advance(Duration.ofSeconds(9));
    chat.upstream.emits(new TextDelta("b"));
    chat.emitter.nextChunk();
    chat.upstream.awaitReader(3);

    chat.timers.advance(Duration.ofSeconds(1));
    chat.upstream.emits(new Completed(null));
    chat.awaitFinished();

    assertThat(chat.emitter.remainingChunks())
        .singleElement()
        .asString()
        .contains("response.completed");
  }
}
