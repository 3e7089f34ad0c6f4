package dev.minimalchat.gateway.limits;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.apache.catalina.util.NetMaskSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// The gateway's limits. `application.yml` maps the environment variables.
///
/// @param maxMessages messages of one conversation
/// @param maxRequestBytes bytes of a request body; more by default where it can have attachments
/// @param ratePerMinute requests of one client in a minute
/// @param maxStreamsPerClient concurrent answers of one client
/// @param maxStreams concurrent answers of the process; as many as the memory budget allows if null
/// @param trustedProxies networks, such as `10.0.0.0/8`, whose `X-Forwarded-For` is trusted
/// @param drain how long a shutdown waits for running answers
/// @param images whether a request can have images
/// @param files which files it can have, or `off`
@Validated
@ConfigurationProperties("minimalchat.limits")
public record LimitsProperties(
    @Min(1) int maxMessages,
    @Nullable DataSize maxRequestBytes,
    @Min(1) int ratePerMinute,
    @Min(1) int maxStreamsPerClient,
    @Min(1) @Nullable Integer maxStreams,
    @NotNull String trustedProxies,
    @NotNull Duration drain,
    boolean images,
    @DefaultValue("off") String files) {
  private static final DataSize TEXT_BYTES = DataSize.ofMegabytes(1);
  private static final DataSize ATTACHMENT_BYTES = DataSize.ofMegabytes(10);

  public LimitsProperties {
    if (maxRequestBytes != null && maxRequestBytes.toBytes() < 1) {
      throw new IllegalArgumentException("MAX_REQUEST_BYTES is not more than 0");
    }
    if (trustedProxies != null && !new NetMaskSet().addAll(trustedProxies).isEmpty()) {
      throw new IllegalArgumentException(
          "TRUSTED_PROXIES is not a list of networks, such as 10.0.0.0/8, 192.168.1.1");
    }
  }

  public boolean exceedsMaxMessages(int count) {
    return count > maxMessages;
  }

  boolean exceedsMaxBytes(long count) {
    return count > maxBytes().toBytes();
  }

  private DataSize maxBytes() {
    if (maxRequestBytes != null) {
      return maxRequestBytes;
    }
    return images || !files.equals("off") ? ATTACHMENT_BYTES : TEXT_BYTES;
  }

  NetMaskSet proxies() {
    NetMaskSet proxies = new NetMaskSet();
    proxies.addAll(trustedProxies);
    return proxies;
  }
}
