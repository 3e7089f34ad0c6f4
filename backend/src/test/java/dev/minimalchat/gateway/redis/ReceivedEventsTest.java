package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Restarted;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivedEventsTest {
  private static final Created CREATED = new Created("resp_1", "model-1");
  private static final TextDelta A = new TextDelta("a");
  private static final TextDelta B = new TextDelta("b");

  private final ReceivedEvents received = new ReceivedEvents();

  @Test
  void hasNothingAtFirstAndExpectsEverything() {
    assertThat(received.isEmpty()).isTrue();
    assertThat(received.has(-1)).isTrue();
    assertThat(received.has(5)).isTrue();
    assertThat(received.after(5).isEmpty()).isTrue();
    assertThat(received.end()).isEqualTo(-1);
  }

  @Test
  void givesWhatTheReaderDoesNotHave() {
    add(0, CREATED, A);
    add(2, B);

    assertThat(received.after(0)).isEqualTo(new AnswerEvents(1, List.of(A, B), null, false));
    assertThat(received.after(1)).isEqualTo(new AnswerEvents(2, List.of(B), null, false));
    assertThat(received.after(2).isEmpty()).isTrue();
    assertThat(received.responseId()).isEqualTo("resp_1");
    assertThat(received.model()).isEqualTo("model-1");
  }

  @Test
  void ignoresEventsThatAreRepeated() {
    add(0, CREATED, A);
    add(0, CREATED, A);
    add(1, A, B);

    assertThat(received.after(-1).events()).containsExactly(CREATED, A, B);
  }

  @Test
  void noticesAGap() {
    add(0, CREATED);
    add(2, B);

    assertThat(received.isLost()).isTrue();
    assertThat(received.has(5)).isFalse();
  }

  @Test
  void theBeginningMayBeMissing() {
    add(4, A, B);

    assertThat(received.has(2)).isFalse();
    assertThat(received.has(3)).isTrue();
    assertThat(received.after(3).events()).containsExactly(A, B);
  }

  @Test
  void anAnswerThatBeginsAgainDropsWhatCameBefore() {
    add(0, CREATED, A);
    add(5, new Restarted("resp_2", "model-2"), B);

    assertThat(received.isLost()).isFalse();
    assertThat(received.has(-1)).isTrue();
    assertThat(received.after(1))
        .isEqualTo(
            new AnswerEvents(5, List.of(new Restarted("resp_2", "model-2"), B), null, false));
    assertThat(received.model()).isEqualTo("model-2");
  }

  @Test
  void anAnswerCanBeginAgainInTheMiddleOfAnEntry() {
    add(0, CREATED, A, new Restarted("resp_2", "model-2"), B);

    assertThat(received.after(0).events()).containsExactly(new Restarted("resp_2", "model-2"), B);
    assertThat(received.after(0).first()).isEqualTo(2);
  }

  @Test
  void knowsTheLastEvent() {
    received.add(new AnswerEvents(0, List.of(CREATED, A, new Completed(null)), null, true));

    assertThat(received.end()).isEqualTo(2);
    assertThat(received.after(0).isEnd()).isTrue();
    assertThat(received.after(2))
        .returns(true, AnswerEvents::isEmpty)
        .returns(true, AnswerEvents::isEnd);
  }

  @Test
  void countsAFailureAsTheLastEventOnce() {
    Failure failure = new Failure(ErrorCode.TIMEOUT, "timeout");
    received.add(new AnswerEvents(0, List.of(CREATED, A), failure, true));
    received.add(new AnswerEvents(0, List.of(CREATED, A), failure, true));

    assertThat(received.end()).isEqualTo(2);
    assertThat(received.after(0).failure()).isSameAs(failure);
    assertThat(received.after(1).failure()).isSameAs(failure);
    assertThat(received.after(2).failure()).isNull();
  }

  private void add(long first, UpstreamEvent... events) {
    received.add(new AnswerEvents(first, List.of(events), null, false));
  }
}
