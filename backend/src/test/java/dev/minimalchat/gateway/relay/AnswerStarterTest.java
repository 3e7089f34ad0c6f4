package dev.minimalchat.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.limits.TestStreamLimiter;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.usage.ChatUsage;
import dev.minimalchat.gateway.usage.Outcome;
import dev.minimalchat.gateway.usage.UsageRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/// The order of admission: concurrency limit, token budget and span, upstream.
/// [UsageRecorder#start] checks the budget and starts the span.
class AnswerStarterTest {
  private final TestStreamLimiter streams = new TestStreamLimiter();
  private final UsageRecorder usage = mock(UsageRecorder.class);
  private final Upstream upstream = mock(Upstream.class);
  private final AnswerStarter answers =
      new AnswerStarter(
          upstream, TestStreamLimiter.clients(), streams.limiter(), usage, new FakeScheduler());

  @Test
  void rejectsOverTheConcurrencyLimitWithoutBudgetCheckAndSpan() {
    for (int i = 0; i < TestStreamLimiter.MAX_STREAMS; i++) {
      streams.acquire();
    }

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(this::chat)
        .returns(ErrorCode.RATE_LIMITED, Failure::code);
    verifyNoInteractions(usage, upstream);
    assertThat(streams.activeStreams()).isEqualTo(TestStreamLimiter.MAX_STREAMS);
  }

  @Test
  void releasesThePermitOfARequestOverTheBudget() {
    Failure overBudget = new Failure(ErrorCode.OVERLOADED, "over DAILY_TOKEN_BUDGET");
    when(usage.start(any(), any())).thenThrow(overBudget);

    assertThatExceptionOfType(Failure.class).isThrownBy(this::chat).isSameAs(overBudget);
    verifyNoInteractions(upstream);
    assertThat(streams.activeStreams()).isZero();
  }

  @Test
  void anUpstreamThatCannotBePreparedLeavesNothingOpen() {
    ChatUsage answer = mock(ChatUsage.class);
    when(usage.start(any(), any())).thenReturn(answer);
    when(upstream.stream(any())).thenThrow(new IllegalStateException());

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::chat);

    verify(answer).finish(eq(Outcome.FAILED), eq(500), any());
    assertThat(streams.activeStreams()).isZero();
  }

  private void chat() throws Exception {
    var message = new Message(Role.USER, JsonText.of("Hello"));
    answers.stream(
        new MockHttpServletRequest(),
        "POST /v1/chat",
        new UpstreamRequest("r-1", List.of(message)),
        (_, _) -> mock(AnswerWriter.class));
  }
}
