package dev.minimalchat.gateway.limits;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// Settings with high limits, except for the one under test.
final class TestLimits {
  static final int RATE = 3;

  /// Of a program.
  static final int API_RATE = 7;

  private TestLimits() {}

  static LimitsProperties trusting(String proxies) {
    return new LimitsProperties(
        10, DataSize.ofKilobytes(1), 10, 10, 10, proxies, Duration.ZERO, false, "off");
  }

  static LimitsProperties bytes(long max) {
    return new LimitsProperties(
        10, DataSize.ofBytes(max), 10, 10, 10, "", Duration.ZERO, false, "off");
  }

  static LimitsProperties rate() {
    return new LimitsProperties(
        10, DataSize.ofKilobytes(1), RATE, 10, 10, "", Duration.ZERO, false, "off");
  }

  static LimitsProperties streams(int maxPerClient, int maxTotal, Duration drain) {
    return new LimitsProperties(
        10, DataSize.ofKilobytes(1), 10, maxPerClient, maxTotal, "", drain, false, "off");
  }

  static ClientLimitsCache clients(LimitsProperties limits) {
    return new ClientLimitsCache(
        new Clients(new ClientAddresses(limits)), limits, new ApiLimitsProperties(API_RATE, 10));
  }
}
