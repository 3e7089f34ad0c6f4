package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Browsers that come and leave again at once, in every phase of an answer.
@ExtendWith(OutputCaptureExtension.class)
class AbandonmentIT extends WholeGateway {
  private static final int CYCLES = 500;
  private static final int TO_SPARE = 20;

  private final Random random = new Random(1);
  private final List<Call> calls = new ArrayList<>();

  @Test
  void leavesNoPermitThreadOrConnectionBehind(CapturedOutput output) throws Exception {
    visit("warm-up", Phase.ANSWER_HAS_ENDED);
    int threads = Thread.activeCount();
    long descriptors = descriptors();

    for (int cycle = 0; cycle < CYCLES; cycle++) {
      Phase phase = Phase.values()[random.nextInt(Phase.values().length)];
      visit("<cycle-" + cycle + ">", phase);
    }

    calls.forEach(Call::awaitHangUp);
    await().atMost(TestTimeouts.LIMIT).until(() -> running() == 0);
    await().atMost(TestTimeouts.LIMIT).until(() -> descriptors() < descriptors + TO_SPARE);
    assertThat(Thread.activeCount()).isLessThan(threads + TO_SPARE);
    assertThat(output).doesNotContain("\"level\":\"ERROR\"", "stack_trace");
    assertServesAsManyAsEver();
  }

  private void visit(String content, Phase phase) throws Exception {
    Browser browser = new Browser(port);
    if (phase == Phase.BODY_IS_ON_ITS_WAY) {
      browser.send(Browser.head(1000) + "{");
    } else {
      browser.post(content);
    }
    if (phase.compareTo(Phase.PROVIDER_IS_ASKED) >= 0) {
      accompany(browser, take(content), phase);
    }
    if (random.nextBoolean()) {
      browser.reset();
    } else {
      browser.close();
    }
  }

  private void accompany(Browser browser, Call call, Phase phase) throws Exception {
    if (phase.compareTo(Phase.PROVIDER_HAS_ANSWERED) >= 0) {
      call.openStream();
    }
    if (phase.compareTo(Phase.ANSWER_HAS_BEGUN) >= 0) {
      call.delta("Hello");
      browser.readUntil("Hello");
      call.delta("Is anybody there?");
    }
    if (phase == Phase.ANSWER_HAS_ENDED) {
      call.complete();
      call.endStream();
      browser.readUntil("event: response.completed");
    } else {
      // What is sent to somebody who has left tells the gateway so.
      call.delta("Hello?");
      calls.add(call);
    }
  }

  /// Somebody who left early may have been passed on, or not.
  private Call take(String content) {
    Call call = PROVIDER.take();
    while (!call.body().contains(content)) {
      calls.add(call);
      call = PROVIDER.take();
    }
    return call;
  }

  private void assertServesAsManyAsEver() throws Exception {
    for (int i = 0; i < 2; i++) {
      var answer = chat("<after-" + i + ">");
      take("<after-" + i + ">").answer("still here");
      assertThat(answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).body())
          .contains("still here", "response.completed");
    }
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  /// What the browser waits for before it leaves.
  private enum Phase {
    BODY_IS_ON_ITS_WAY,
    BODY_IS_SENT,
    PROVIDER_IS_ASKED,
    PROVIDER_HAS_ANSWERED,
    ANSWER_HAS_BEGUN,
    ANSWER_HAS_ENDED
  }
}
