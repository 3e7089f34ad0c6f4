package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.limits.StreamPermits;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.usage.UsageLines;
import java.time.Duration;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// One answer on its way, with everything around it in the hands of the test.
final class RunningChat {
  static final Duration NO_GRACE = Duration.ZERO;

  final ScriptedStream upstream = new ScriptedStream();
  final RecordingEmitter browser = new RecordingEmitter();
  final UsageLines usage = new UsageLines();
  final StreamPermits running = new StreamPermits();
  final FakeScheduler timers = new FakeScheduler();
  final ChatStream stream =
      new ChatStream(
          upstream,
          new EventWriter(browser, new JsonMapper(), "resp_r-1", "model"),
          browser,
          usage.start(),
          new RequestId("r-1"),
          running.acquire(),
          timers);
  private final Thread relay = Thread.ofVirtual().unstarted(stream);

  void start() {
    relay.start();
  }

  /// What the controller gets, once there is something to say.
  Object begin() throws AsyncRequestNotUsableException {
    return stream.awaitFirstEvent(TestTimeouts.LIMIT, () -> false);
  }

  /// Lets it say its first word, and then does what comes next.
  void beginAnd(Runnable next) throws Exception {
    upstream.says(new TextDelta("a"));
    begin();
    browser.piece();
    next.run();
  }

  void awaitEnd() throws InterruptedException {
    assertThat(relay.join(TestTimeouts.LIMIT)).as("the relay's end").isTrue();
  }

  void end() throws InterruptedException {
    upstream.close();
    if (relay.getState() != Thread.State.NEW) {
      awaitEnd();
    }
    usage.close();
  }
}
