package dev.minimalchat.gateway.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/// The Redis of the deployment. `application.yml` maps the environment variables.
///
/// @param url `REDIS_URL`, with its password; nothing is shared if null
/// @param secret for the hashes of client addresses, the same for all instances
@ConfigurationProperties("minimalchat.redis")
record RedisProperties(@Nullable String url, @Nullable String secret) {
  RedisProperties {
    url = StringUtils.hasText(url) ? url : null;
    if (url != null) {
      RedisAddress.parse(url);
    }
  }

  /// Without the password and the secret.
  @Override
  public String toString() {
    return "RedisProperties[" + (url == null ? "none" : RedisAddress.parse(url)) + "]";
  }
}
