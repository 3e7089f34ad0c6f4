package dev.minimalchat.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CheckTest {
  /// The message of `java.net.http` quotes a header that it refuses.
  @Test
  void neverPrintsTheMessageOfAnUnexpectedException() {
    Check check =
        new Check(
            "check",
            () -> {
              throw new IllegalArgumentException("invalid header value: \"Bearer sk-canary\"");
            });

    assertThat(check.run().detail()).isEqualTo("IllegalArgumentException");
  }

  @Test
  void printsWhyAConnectionFails() {
    Check check =
        new Check(
            "check",
            () -> {
              throw new IOException("refused");
            });

    assertThat(check.run().detail()).contains("refused");
  }
}
