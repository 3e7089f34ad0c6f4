package dev.minimalchat.gateway.redis;

import java.time.Duration;
import javax.net.ssl.SSLParameters;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;

/// Creates the client with its pool. A new client has no connection yet.
final class JedisClients {
  static final int MAX_CONNECTIONS = 16;

  private static final Duration POOL_TIMEOUT = Duration.ofMillis(200);
  private static final int CONNECT_TIMEOUT_MS = 300;

  /// For one read.
  private static final int READ_TIMEOUT_MS = 200;

  /// Servers and networks may drop a connection that rests for longer.
  private static final Duration MAX_IDLE = Duration.ofSeconds(30);

  private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(10);

  private JedisClients() {}

  static JedisPooled create(RedisAddress address) {
    var client =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(CONNECT_TIMEOUT_MS)
            .socketTimeoutMillis(READ_TIMEOUT_MS)
            .user(address.user())
            .password(address.password())
            .database(address.database())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED) // a round trip
            .ssl(address.tls());
    if (address.tls()) {
      client.sslParameters(verifyingTheHost());
    }
    return new JedisPooled(pool(), new HostAndPort(address.host(), address.port()), client.build());
  }

  private static GenericObjectPoolConfig<Connection> pool() {
    var pool = new GenericObjectPoolConfig<Connection>();
    pool.setMaxTotal(MAX_CONNECTIONS);
    pool.setMaxIdle(MAX_CONNECTIONS);
    pool.setMaxWait(POOL_TIMEOUT);
    pool.setMinEvictableIdleDuration(MAX_IDLE);
    pool.setTimeBetweenEvictionRuns(EVICTION_INTERVAL);
    pool.setNumTestsPerEvictionRun(-1); // all
    pool.setJmxEnabled(false);
    return pool;
  }

  /// By default Jedis accepts the certificate of any host.
  private static SSLParameters verifyingTheHost() {
    SSLParameters tls = new SSLParameters();
    tls.setEndpointIdentificationAlgorithm("HTTPS");
    return tls;
  }
}
