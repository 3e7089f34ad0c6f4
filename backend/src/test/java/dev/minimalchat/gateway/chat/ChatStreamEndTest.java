package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.ReportedFailure;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// However an answer ends, everything ends with it, once.
class ChatStreamEndTest {
  private final Failure timeout = new Failure(ErrorCode.TIMEOUT, "silent");
  private final RunningChat chat = new RunningChat();

  @AfterEach
  void settle() throws InterruptedException {
    chat.end();
  }

  @Test
  void endsWithTheFailureThatComesAfterTheFirstEvent() throws Exception {
    chat.upstream.says(new TextDelta("a")).fails(timeout);
    chat.start();
    chat.begin();
    chat.awaitEnd();

    assertThat(chat.browser.piece()).contains("\"a\"");
    assertThat(chat.browser.rest())
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
  void hidesWhatAnUnexpectedExceptionSays() throws Exception {
    chat.upstream.says(new TextDelta("a")).fails(new IllegalStateException("canary"));
    chat.start();
    chat.awaitEnd();

    assertThat(chat.browser.rest())
        .last()
        .asString()
        .contains("\"internal\"")
        .doesNotContain("canary");
  }

  @Test
  void tellsTheBrowserThatTheGatewayStops() throws Exception {
    chat.upstream.says(new TextDelta("a"));
    chat.start();
    chat.begin();
    chat.browser.piece();
    chat.running.stop();
    chat.awaitEnd();

    assertThat(chat.browser.rest()).singleElement().asString().contains("\"code\":\"overloaded\"");
  }

  @Test
  void throwsThatTheGatewayStopsBeforeTheFirstEvent() {
    chat.start();
    chat.running.stop();

    assertThatExceptionOfType(ReportedFailure.class)
        .isThrownBy(chat::begin)
        .havingCause()
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.OVERLOADED));
  }

  @Test
  void givesUpWhenTheBrowserLeavesBeforeTheFirstEvent() throws Exception {
    chat.start();

    assertThatExceptionOfType(AsyncRequestNotUsableException.class)
        .isThrownBy(() -> chat.stream.awaitFirstEvent(TestTimeouts.LIMIT, () -> true));
    chat.upstream.awaitClosed();
  }

  @Test
  void closesTheUpstreamWhenTheBrowserLeaves() throws Exception {
    chat.upstream.says(new TextDelta("a"));
    chat.start();
    chat.begin();
    chat.browser.piece();

    chat.browser.leaves();

    chat.upstream.awaitClosed();
  }

  @Test
  void closesTheUpstreamWhenAKeepAliveFindsNobody() throws Exception {
    chat.upstream.says(new TextDelta("a"));
    chat.start();
    chat.begin();
    chat.browser.piece();
    chat.browser.leavesSilently();

    chat.timers.advance(Duration.ofSeconds(10));

    chat.upstream.awaitClosed();
  }

  @Test
  void writesItsUsageWhenItIsComplete() throws Exception {
    chat.upstream.says(
        new Created("resp_p", "model-2025"), new TextDelta("a"), new Completed(null));
    chat.start();
    chat.awaitEnd();

    assertThat(chat.usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .containsEntry("model", "model-2025")
                .containsEntry("events", 3L)
                .containsEntry("output_tokens", "unknown"));
  }

  @Test
  void namesTheCauseInItsUsage() throws Exception {
    chat.upstream.fails(timeout);
    chat.start();
    chat.awaitEnd();

    assertThat(chat.usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line).containsEntry("error", "timeout").containsEntry("cause", "silent"));
  }

  @ParameterizedTest
  @EnumSource
  void writesOneUsageLineHoweverItEnds(Ending ending) throws Exception {
    end(ending);

    assertThat(chat.usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .containsAllEntriesOf(Map.of("outcome", ending.outcome, "status", ending.status)));
  }

  @ParameterizedTest
  @EnumSource
  void givesItsPermitBackHoweverItEnds(Ending ending) throws Exception {
    assertThat(chat.running.count()).isOne();

    end(ending);

    assertThat(chat.running.count()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void closesTheUpstreamHoweverItEnds(Ending ending) throws Exception {
    end(ending);

    assertThat(chat.upstream.isClosed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void completesItsEmitterUnlessTheContainerDoes(Ending ending) throws Exception {
    end(ending);

    assertThat(chat.browser.isCompleted()).isEqualTo(!ending.name().startsWith("LEFT"));
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoTimerHoweverItEnds(Ending ending) throws Exception {
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
    LEFT_BEFORE_THE_FIRST_EVENT("client_closed", 499),
    LEFT_WHILE_THE_MODEL_THINKS("client_closed", 200),
    LEFT_BEFORE_A_SEND("client_closed", 200),
    LEFT_AFTER_THE_GRACE("client_closed", 200),
    LEFT_BEFORE_IT_COULD_BE_TOLD("failed", 200);

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
      case COMPLETED -> chat.beginAnd(() -> chat.upstream.says(new Completed(null)));
      case INCOMPLETE ->
          chat.beginAnd(() -> chat.upstream.says(new Incomplete("max_output_tokens", null)));
      case FAILED_BEFORE_THE_FIRST_EVENT -> chat.upstream.fails(timeout);
      case FAILED_AFTER_THE_FIRST_EVENT -> chat.beginAnd(() -> chat.upstream.fails(timeout));
      case FAILED_UNEXPECTEDLY ->
          chat.beginAnd(() -> chat.upstream.fails(new IllegalStateException("oh")));
      case LEFT_BEFORE_THE_FIRST_EVENT -> chat.browser.leaves();
      case LEFT_WHILE_THE_MODEL_THINKS -> chat.beginAnd(chat.browser::leaves);
      case LEFT_BEFORE_A_SEND ->
          chat.beginAnd(() -> {
            chat.browser.leavesSilently();
            chat.upstream.says(new TextDelta("b"));
          });
      case LEFT_AFTER_THE_GRACE -> {
        chat.stream.awaitFirstEvent(RunningChat.NO_GRACE, () -> false);
        chat.browser.leaves();
      }
      case LEFT_BEFORE_IT_COULD_BE_TOLD ->
          chat.beginAnd(() -> {
            chat.browser.leavesSilently();
            chat.upstream.fails(timeout);
          });
    }
    chat.awaitEnd();
  }
}
