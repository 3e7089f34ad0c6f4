package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.newKey;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.redis.RedisServer;
import dev.minimalchat.gateway.resume.ResumeKey;
import dev.minimalchat.gateway.upstream.SocketProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

/// Two gateways with one Redis, and a provider.
abstract class TwoGateways {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  static final SocketProvider PROVIDER = new SocketProvider();

  static final List<GatewayInstance> INSTANCES = new ArrayList<>();

  final String key = newKey();

  @BeforeAll
  static void start() {
    Map<String, String> properties =
        Map.of(
            "minimalchat.redis.url", REDIS.url(),
            "minimalchat.limits.rate-per-minute", "100000",
            "minimalchat.limits.max-streams-per-client", "100");
    INSTANCES.add(new GatewayInstance(PROVIDER, properties));
    INSTANCES.add(new GatewayInstance(PROVIDER, properties));
  }

  @AfterAll
  static void stop() {
    INSTANCES.forEach(GatewayInstance::close);
    INSTANCES.clear();
  }

  @BeforeEach
  void awaitRedis() {
    PROVIDER.discardRequests();
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> INSTANCES.stream().allMatch(it -> it.gauge("redis.up") == 1));
  }

  @AfterEach
  void awaitNoActiveStreams() {
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> INSTANCES.stream().allMatch(it -> it.gauge("gateway.streams.active") == 0));
  }

  static int here() {
    return INSTANCES.get(0).port();
  }

  static int there() {
    return INSTANCES.get(1).port();
  }

  /// The keys of this test's answer; Redis still has those of the tests before.
  ///
  /// @param name the last part, or `*`
  String keysInRedis(String name) {
    return "mc:answer:{%s}:%s".formatted(ResumeKey.parse(key).hash(), name);
  }

  boolean isInRedis(String name) {
    try (Jedis redis = REDIS.connect()) {
      return redis.exists(keysInRedis(name));
    }
  }
}
