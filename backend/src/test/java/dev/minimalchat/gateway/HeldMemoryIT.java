package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the gateway holds while answers last.
class HeldMemoryIT extends WholeGateway {
  private static final int ANSWERS = 20;
  private static final String LONG_QUESTION = "x".repeat(500_000);

  private final List<Browser> browsers = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  /// The provider of this test holds each question once.
  @Test
  void isNotTheQuestionOnceItsAnswerHasBegun() throws Exception {
    begin(LONG_QUESTION);
    long before = heldBytes();

    for (int i = 0; i < ANSWERS; i++) {
      begin(LONG_QUESTION);
    }

    double questions = (double) (heldBytes() - before) / LONG_QUESTION.length();
    assertThat(questions / ANSWERS).as("times that a question is held").isBetween(0.9, 1.6);
    for (Browser browser : browsers) {
      browser.close();
    }
  }

  private void begin(String question) throws Exception {
    Browser browser = Browser.asking(port, question);
    browsers.add(browser);
    Call call = PROVIDER.take();
    calls.add(call);
    call.openStream();
    call.delta("Hello");
    browser.readUntil("Hello");
  }

  private static long heldBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
