package dev.minimalchat.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.validate.Check.Outcome;
import dev.minimalchat.validate.Check.Result;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TlsChecksTest {
  @Test
  @Timeout(30)
  void failsWithAServerThatNeverWrites() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort());
      Deployment deployment = new Deployment(url, url, System.err, Duration.ofSeconds(1));

      Result result =
          new TlsChecks(deployment, Clock.systemUTC(), Duration.ofMillis(100))
              .all()
              .getFirst()
              .run();

      assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(result.detail()).contains("SocketTimeoutException");
    }
  }
}
