package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/// Callers that take their time: none of them holds the gateway for longer than it allows.
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "server.tomcat.connection-timeout=2s")
class SlowCallerIT extends WholeGateway {
  private static final int MEGABYTE = 1 << 20;
  private static final String WORDS = "x".repeat(MEGABYTE);
  private static final int TOO_MANY = 200;

  @Test
  void isCutOffInTheMiddleOfItsHeaders() throws Exception {
    try (Browser browser = new Browser(port)) {
      browser.send("POST /v1/chat HTTP/1.1\r\nHost: gateway\r\nX-Slow");

      assertThat(browser.readToTheEnd()).doesNotContain("200");
    }
  }

  @Test
  void isCutOffInTheMiddleOfItsBody() throws Exception {
    try (Browser browser = new Browser(port)) {
      browser.send(Browser.head(1000) + "{\"messages\":");

      assertThat(browser.readToTheEnd()).startsWith("HTTP/1.1 400").contains("invalid_request");
    }
  }

  /// The provider is read no faster than the browser reads, so that nothing piles up in between.
  @Test
  void isLeftByItsAnswerWhenItDoesNotReadAndHoldsLittleOfIt(CapturedOutput output)
      throws Exception {
    try (Browser browser = Browser.asking(port, "Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      AtomicLong megabytes = new AtomicLong();
      Thread.startVirtualThread(() -> {
        while (megabytes.incrementAndGet() < TOO_MANY) {
          call.delta(WORDS);
        }
      });

      call.awaitHangUp();

      assertThat(megabytes.get()).as("megabytes taken from the provider").isLessThan(50);
      leaveNothingRunning();
      assertThat(output).contains("\"outcome\":\"client_closed\"");
      assertThat(browser).isNotNull();
    }
  }
}
