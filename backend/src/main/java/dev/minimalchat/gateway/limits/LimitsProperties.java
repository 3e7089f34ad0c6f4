package dev.minimalchat.gateway.limits;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.util.NetMaskSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How much the gateway takes on. The variables behind each are in `application.yml`.
///
/// @param maxMessages the longest conversation
/// @param maxRequestBytes the largest body, counted while it is read
/// @param ratePerMinute requests of one client
/// @param maxStreamsPerClient answers that one client may have running
/// @param maxStreams answers that may run in all
/// @param trustedProxies networks, such as `10.0.0.0/8`, whose `X-Forwarded-For` is believed
/// @param drain how long running answers may take to finish once the gateway is told to stop
@Validated
@ConfigurationProperties("limits")
public record LimitsProperties(
    @Min(1) int maxMessages,
    @NotNull DataSize maxRequestBytes,
    @Min(1) int ratePerMinute,
    @Min(1) int maxStreamsPerClient,
    @Min(1) int maxStreams,
    @NotNull String trustedProxies,
    @NotNull Duration drain) {

  public LimitsProperties {
    if (trustedProxies != null && !new NetMaskSet().addAll(trustedProxies).isEmpty()) {
      throw new IllegalArgumentException(
          "TRUSTED_PROXIES is not a list of networks, such as 10.0.0.0/8, 192.168.1.1");
    }
  }

  public boolean tooManyMessages(int count) {
    return count > maxMessages;
  }

  boolean tooManyBytes(long count) {
    return count > maxRequestBytes.toBytes();
  }

  NetMaskSet proxies() {
    NetMaskSet proxies = new NetMaskSet();
    List<String> mistakes = proxies.addAll(trustedProxies);
    if (!mistakes.isEmpty()) {
      throw new IllegalStateException("checked when it was read");
    }
    return proxies;
  }
}
