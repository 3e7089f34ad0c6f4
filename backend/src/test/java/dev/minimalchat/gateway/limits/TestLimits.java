package dev.minimalchat.gateway.limits;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// TestLimits for tests: generous, but for the one that a test is about.
final class TestLimits {
  static final int RATE = 3;

  private TestLimits() {}

  static LimitsProperties trusting(String proxies) {
    return new LimitsProperties(10, DataSize.ofKilobytes(1), 10, 10, 10, proxies, Duration.ZERO);
  }

  static LimitsProperties bytes(long most) {
    return new LimitsProperties(10, DataSize.ofBytes(most), 10, 10, 10, "", Duration.ZERO);
  }

  static LimitsProperties rate() {
    return new LimitsProperties(10, DataSize.ofKilobytes(1), RATE, 10, 10, "", Duration.ZERO);
  }

  static LimitsProperties streams(int each, int all, Duration drain) {
    return new LimitsProperties(10, DataSize.ofKilobytes(1), 10, each, all, "", drain);
  }

  static ClientLimitsCache clients(LimitsProperties limits) {
    return new ClientLimitsCache(new ClientAddresses(limits), limits);
  }
}
