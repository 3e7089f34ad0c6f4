package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
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

/// How an answer begins and goes on.
class ChatStreamTest {
  private final Failure timeout = new Failure(ErrorCode.TIMEOUT, "silent");
  private final RunningChat chat = new RunningChat();

  @AfterEach
  void settle() throws InterruptedException {
    chat.end();
  }

  // Its beginning

  @Test
  void saysNothingUntilThereIsText() throws Exception {
    chat.start();
    chat.upstream.says(new Created("resp_p", "model-2025"), new InProgress(), new Unknown());
    chat.upstream.awaitReader(2);
    assertThat(chat.browser.rest()).isEmpty();

    chat.upstream.says(new TextDelta("Hi"));

    assertThat(chat.begin()).isSameAs(chat.browser);
    assertThat(chat.browser.piece()).contains("response.created", "resp_p", "\"delta\":\"Hi\"");
  }

  @Test
  void throwsAFailureBeforeTheFirstEvent() {
    chat.upstream.fails(timeout);
    chat.start();

    assertThatExceptionOfType(ReportedFailure.class)
        .isThrownBy(chat::begin)
        .havingCause()
        .isSameAs(timeout);
  }

  @Test
  void sendsNothingWhenItFailsBeforeTheFirstEvent() throws Exception {
    chat.upstream.says(new Created("resp_p", "model-2025")).fails(timeout);
    chat.start();
    chat.awaitEnd();

    assertThat(chat.browser.rest()).isEmpty();
  }

  @Test
  void throwsAnUnexpectedExceptionAsInternal() {
    chat.upstream.fails(new IllegalStateException("canary"));
    chat.start();

    assertThatExceptionOfType(ReportedFailure.class)
        .isThrownBy(chat::begin)
        .havingCause()
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.INTERNAL));
  }

  @Test
  void beginsWithACommentWhenTheGraceIsOver() throws Exception {
    chat.start();
    chat.stream.awaitFirstEvent(RunningChat.NO_GRACE, () -> false);

    assertThat(chat.browser.piece()).isEqualTo(": keep-alive\n\n");
  }

  @Test
  void beginsWithWhatIsKnownWhenTheGraceIsOver() throws Exception {
    chat.start();
    chat.upstream.says(new Created("resp_p", "model-2025"));
    chat.upstream.awaitReader(2);
    chat.stream.awaitFirstEvent(RunningChat.NO_GRACE, () -> false);

    assertThat(chat.browser.piece())
        .contains("response.created", "resp_p")
        .doesNotContain(": keep");
  }

  @Test
  void tellsAFailureAfterTheGraceInTheStream() throws Exception {
    chat.start();
    chat.stream.awaitFirstEvent(RunningChat.NO_GRACE, () -> false);
    chat.upstream.fails(timeout);
    chat.awaitEnd();

    assertThat(chat.browser.rest())
        .last()
        .asString()
        .contains("event: response.created", "event: error");
  }

  @Test
  void returnsTheStreamThatHasEndedBetweenTheGraceAndTheFirstComment() throws Exception {
    chat.start();
    chat.stream.awaitFirstEvent(RunningChat.NO_GRACE, () -> false);
    chat.upstream.fails(timeout);
    chat.awaitEnd();
    chat.browser.refusesLateWords();

    Object late = chat.stream.awaitFirstEvent(RunningChat.NO_GRACE, () -> false);

    assertThat(late).isSameAs(chat.browser);
  }

  // Its course

  @Test
  void sendsAnEventBeforeTheNextIsThere() throws Exception {
    chat.upstream.says(new TextDelta("a"));
    chat.start();
    chat.begin();
    assertThat(chat.browser.piece()).contains("\"delta\":\"a\"");

    chat.upstream.says(new TextDelta("b"));

    assertThat(chat.browser.piece()).contains("\"delta\":\"b\"").doesNotContain("\"a\"");
  }

  @Test
  void sendsWhatIsHereTogetherInOnePiece() throws Exception {
    chat.upstream.says(new TextDelta("a"), new TextDelta("b"), new TextDelta("c"));
    chat.start();
    chat.begin();

    assertThat(chat.browser.piece()).contains("\"a\"", "\"b\"", "\"c\"");
  }

  @Test
  void keepsTheBrowserAwakeWhileTheModelThinks() throws Exception {
    chat.upstream.says(new TextDelta("a"));
    chat.start();
    chat.begin();
    chat.browser.piece();

    chat.timers.advance(Duration.ofSeconds(10));

    assertThat(chat.browser.piece()).isEqualTo(": keep-alive\n\n");
  }

  @Test
  void sendsNoCommentSoonAfterAnEvent() throws Exception {
    chat.upstream.says(new TextDelta("a"));
    chat.start();
    chat.begin();
    chat.browser.piece();
    chat.timers.advance(Duration.ofSeconds(9));
    chat.upstream.says(new TextDelta("b"));
    chat.browser.piece();
    chat.upstream.awaitReader(3);

    chat.timers.advance(Duration.ofSeconds(1));
    chat.upstream.says(new Completed(null));
    chat.awaitEnd();

    assertThat(chat.browser.rest()).singleElement().asString().contains("response.completed");
  }
}
