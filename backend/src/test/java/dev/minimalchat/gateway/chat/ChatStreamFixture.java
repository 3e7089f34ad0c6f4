package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.limits.TestStreamLimiter;
import dev.minimalchat.gateway.relay.AnswerStream;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.FakeUpstreamStream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.usage.UsageLines;
import java.time.Duration;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// One [AnswerStream] of `/v1/chat` on its own thread, with a fake upstream, emitter and scheduler.
final class ChatStreamFixture {
  static final Duration NO_STATUS_HOLD = Duration.ZERO;

  final FakeUpstreamStream upstream = new FakeUpstreamStream();
  final RecordingEmitter emitter = new RecordingEmitter();
  final UsageLines usage = new UsageLines();
  final TestStreamLimiter limiter = new TestStreamLimiter();
  final FakeScheduler timers = new FakeScheduler();
  final AnswerStream stream =
      new AnswerStream(
          upstream,
          new EventWriter(emitter, new JsonMapper(), "resp_r-1", "model"),
          usage.start(),
          new RequestId("r-1"),
          limiter.acquire(),
          timers);
  private final Thread thread = Thread.ofVirtual().unstarted(stream);

  void start() {
    thread.start();
  }

  /// Waits for the first content event, as the controller does.
  void awaitFirstEvent() throws AsyncRequestNotUsableException {
    stream.awaitFirstEvent(TestTimeouts.LIMIT, () -> false);
  }

  /// Relays one delta, then runs the action.
  void afterFirstDelta(Runnable action) throws Exception {
    upstream.emits(new TextDelta("a"));
    awaitFirstEvent();
    emitter.nextChunk();
    action.run();
  }

  void awaitFinished() throws InterruptedException {
    assertThat(thread.join(TestTimeouts.LIMIT)).as("the stream has finished").isTrue();
  }

  void close() throws InterruptedException {
    upstream.close();
    if (thread.getState() != Thread.State.NEW) {
      awaitFinished();
    }
    usage.close();
  }
}
