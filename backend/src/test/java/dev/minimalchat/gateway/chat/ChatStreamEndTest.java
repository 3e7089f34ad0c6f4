package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.ReportedFailure;
import dev.minimalchat.gateway.limits.StreamLimiter;
import dev.minimalchat.gateway.limits.TestStreamLimiter;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// Every ending releases all resources exactly once.
class ChatStreamEndTest {
  private final Failure timeout = new Failure(ErrorCode.TIMEOUT, "no event in time");
  private final ChatStreamFixture chat = new ChatStreamFixture();

  @AfterEach
  void close() throws InterruptedException {
    chat.close();
  }

  @Test
  void sendsAFailureAfterTheFirstEventAsAnErrorEvent() throws Exception {
    chat.upstream.emits(new TextDelta("a")).fails(timeout);
    chat.start();
    chat.awaitFirstEvent();
    chat.awaitFinished();

    assertThat(chat.emitter.nextChunk()).contains("\"a\"");
    assertThat(chat.emitter.remainingChunks())
        .containsExactly(
            """
            id: 2
            event: error
            data: {"type":"error","sequence_number":2,"error":{"code":"timeout",\
            "message":"The model is taking too long—please try again.","retryable":true,\
            "request_id":"r-1"}}

            """);
  }

  @Test
  void hidesTheMessageOfAnUnexpectedException() throws Exception {
    chat.upstream.emits(new TextDelta("a")).fails(new IllegalStateException("canary"));
    chat.start();
    chat.awaitFinished();

    assertThat(chat.emitter.remainingChunks())
        .last()
        .asString()
        .contains("\"internal\"")
        .doesNotContain("canary");
  }

  /// A client at its limit asks the next question when it learns that an answer has ended.
  @ParameterizedTest
  @ValueSource(strings = {"completed", "incomplete", "failed"})
  void theNextAnswerCanBeginOnceTheClientKnowsOfTheEnd(String end) throws Exception {
    IntStream.range(1, TestStreamLimiter.MAX_STREAMS).forEach(_ -> chat.limiter.acquire());
    assertThatExceptionOfType(Failure.class).isThrownBy(chat.limiter::acquire);
    AtomicReference<StreamLimiter.Permit> next = new AtomicReference<>();
    chat.emitter.onChunk(chunk -> {
      if (!chunk.contains("\"a\"")) {
        next.set(chat.limiter.acquire());
      }
    });
    chat.upstream.emits(new TextDelta("a"));
    chat.start();
    chat.awaitFirstEvent();
    switch (end) {
      case "completed" -> chat.upstream.emits(new Completed(null));
      case "incomplete" -> chat.upstream.emits(new Incomplete("max_output_tokens", null));
      default -> chat.upstream.fails(timeout);
    }
    chat.awaitFinished();

    assertThat(next.get()).as("the permit of the next answer").isNotNull();
  }

  @Test
  void sendsOverloadedWhenTheGatewayShutsDown() throws Exception {
    chat.upstream.emits(new TextDelta("a"));
    chat.start();
    chat.awaitFirstEvent();
    chat.emitter.nextChunk();
    chat.limiter.stop();
    chat.awaitFinished();

    assertThat(chat.emitter.remainingChunks())
        .singleElement()
        .asString()
        .contains("\"code\":\"overloaded\"");
  }

  @Test
  void throwsOverloadedWhenTheGatewayShutsDownBeforeTheFirstEvent() {
    chat.start();
    chat.limiter.stop();

    assertThatExceptionOfType(ReportedFailure.class)
        .isThrownBy(chat::awaitFirstEvent)
        .havingCause()
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.OVERLOADED));
  }

  @Test
  void closesTheUpstreamWhenTheClientDisconnectsBeforeTheFirstEvent() throws Exception {
    chat.start();

    assertThatExceptionOfType(AsyncRequestNotUsableException.class)
        .isThrownBy(() -> chat.stream.awaitFirstEvent(TestTimeouts.LIMIT, () -> true));
    chat.upstream.awaitClosed();
  }

  @Test
  void closesTheUpstreamWhenTheClientDisconnects() throws Exception {
    chat.upstream.emits(new TextDelta("a"));
    chat.start();
    chat.awaitFirstEvent();
    chat.emitter.nextChunk();

    chat.emitter.disconnects();

    chat.upstream.awaitClosed();
  }

  @Test
  void closesTheUpstreamWhenAKeepAliveCannotBeSent() throws Exception {
    chat.upstream.emits(new TextDelta("a"));
    chat.start();
    chat.awaitFirstEvent();
    chat.emitter.nextChunk();
    chat.emitter.disconnectsUnnoticed();

    chat.timers.advance(Duration.ofSeconds(10));

    chat.upstream.awaitClosed();
  }

  @Test
  void logsModelAndUsageOfACompletedAnswer() throws Exception {
    chat.upstream.emits(
        new Created("resp_p", "model-2025"), new TextDelta("a"), new Completed(null));
    chat.start();
    chat.awaitFinished();

    assertThat(chat.usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .containsEntry("model", "model-2025")
                .containsEntry("events", 3L)
                .containsEntry("output_tokens", "unknown"));
  }

  @Test
  void logsTheCauseOfAFailure() throws Exception {
    chat.upstream.fails(timeout);
    chat.start();
    chat.awaitFinished();

    assertThat(chat.usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .containsEntry("error", "timeout")
                .containsEntry("cause", "no event in time"));
  }

  @ParameterizedTest
  @EnumSource
  void logsOneUsageLineForEveryEnding(Ending ending) throws Exception {
    end(ending);

    assertThat(chat.usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .containsAllEntriesOf(Map.of("outcome", ending.outcome, "status", ending.status)));
  }

  @ParameterizedTest
  @EnumSource
  void releasesThePermitForEveryEnding(Ending ending) throws Exception {
    assertThat(chat.limiter.activeStreams()).isOne();

    end(ending);

    assertThat(chat.limiter.activeStreams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void closesTheUpstreamForEveryEnding(Ending ending) throws Exception {
    end(ending);

    assertThat(chat.upstream.isClosed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void completesTheEmitterUnlessTheClientDisconnected(Ending ending) throws Exception {
    end(ending);

    assertThat(chat.emitter.isCompleted()).isEqualTo(!ending.name().startsWith("DISCONNECTED"));
  }

  @ParameterizedTest
  @EnumSource
  void cancelsAllTimersForEveryEnding(Ending ending) throws Exception {
    end(ending);

    chat.timers.advance(Duration.ofMinutes(1));

    assertThat(chat.timers.pending()).isZero();
  }

  enum Ending {
    COMPLETED("completed", 200),
    INCOMPLETE("incomplete", 200),
    FAILED_BEFORE_THE_FIRST_EVENT("failed", 504),
    FAILED_AFTER_THE_FIRST_EVENT("failed", 200),
    FAILED_UNEXPECTEDLY("failed", 200),
    OUT_OF_MEMORY_BEFORE_THE_FIRST_EVENT("failed", 500),
    STACK_OVERFLOW_AFTER_THE_FIRST_EVENT("failed", 200),
    DISCONNECTED_BEFORE_THE_FIRST_EVENT("client_closed", 499),
    DISCONNECTED_BETWEEN_EVENTS("client_closed", 200),
    DISCONNECTED_BEFORE_A_SEND("client_closed", 200),
    DISCONNECTED_AFTER_THE_STATUS_HOLD("client_closed", 200),
    DISCONNECTED_BEFORE_THE_ERROR_EVENT("failed", 200);

    private final String outcome;
    private final int status;

    Ending(String outcome, int status) {
      this.outcome = outcome;
      this.status = status;
    }
  }

  private void end(Ending ending) throws Exception {
    chat.start();
    switch (ending) {
      case COMPLETED -> chat.afterFirstDelta(() -> chat.upstream.emits(new Completed(null)));
      case INCOMPLETE ->
          chat.afterFirstDelta(
              () -> chat.upstream.emits(new Incomplete("max_output_tokens", null)));
      case FAILED_BEFORE_THE_FIRST_EVENT -> chat.upstream.fails(timeout);
      case FAILED_AFTER_THE_FIRST_EVENT -> chat.afterFirstDelta(() -> chat.upstream.fails(timeout));
      case FAILED_UNEXPECTEDLY ->
          chat.afterFirstDelta(() -> chat.upstream.fails(new IllegalStateException("unexpected")));
      case OUT_OF_MEMORY_BEFORE_THE_FIRST_EVENT ->
          chat.upstream.fails(new OutOfMemoryError("thrown by the test"));
      case STACK_OVERFLOW_AFTER_THE_FIRST_EVENT ->
          chat.afterFirstDelta(() -> chat.upstream.fails(new StackOverflowError()));
      case DISCONNECTED_BEFORE_THE_FIRST_EVENT -> chat.emitter.disconnects();
      case DISCONNECTED_BETWEEN_EVENTS -> chat.afterFirstDelta(chat.emitter::disconnects);
      case DISCONNECTED_BEFORE_A_SEND ->
          chat.afterFirstDelta(() -> {
            chat.emitter.disconnectsUnnoticed();
            chat.upstream.emits(new TextDelta("b"));
          });
      case DISCONNECTED_AFTER_THE_STATUS_HOLD -> {
        chat.stream.awaitFirstEvent(ChatStreamFixture.NO_STATUS_HOLD, () -> false);
        chat.emitter.disconnects();
      }
      case DISCONNECTED_BEFORE_THE_ERROR_EVENT ->
          chat.afterFirstDelta(() -> {
            chat.emitter.disconnectsUnnoticed();
            chat.upstream.fails(timeout);
          });
    }
    chat.awaitFinished();
  }
}
