package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.minimalchat.gateway.TestTimeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// A real Redis on a free port of the loopback address, without persistence. Without the program
/// `redis-server` the tests are skipped, and fail in CI.
public final class RedisServer implements BeforeAllCallback, AfterAllCallback {
  private static final List<String> COMMAND =
      List.of("redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");

  private final List<String> options;
  private int port;
  private @Nullable Process process;

  /// @param options of the command line
  public RedisServer(String... options) {
    this.options = List.of(options);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (!isInstalled()) {
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException("redis-server is not installed");
      }
      abort("redis-server is not installed");
    }
    port = freePort();
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (process != null) {
      stop();
    }
  }

  public int port() {
    return port;
  }

  /// The value for `REDIS_URL`.
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /// Starts the server on the same port, without data, and waits until it answers.
  public void start() {
    List<String> command = new ArrayList<>(COMMAND);
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(options);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(TestTimeouts.LIMIT).ignoreExceptions().until(this::answers);
  }

  /// Ends the server at once, as a crash does.
  public void stop() {
    running().destroyForcibly();
    running().onExit().join();
    process = null;
  }

  /// Stops the process without closing its connections, as an overloaded machine does.
  public void freeze() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
    await().atMost(TestTimeouts.LIMIT).ignoreExceptions().until(this::answers);
  }

  /// A connection of the test.
  public Jedis connect() {
    return new Jedis("127.0.0.1", port, (int) TestTimeouts.LIMIT.toMillis());
  }

  public void clear() {
    try (Jedis redis = connect()) {
      redis.flushAll();
    }
  }

  /// An error reply counts: the server may demand a password.
  private boolean answers() {
    try (Jedis redis = connect()) {
      return !redis.ping().isEmpty();
    } catch (JedisDataException e) {
      return true;
    }
  }

  private void signal(String name) {
    try {
      String pid = String.valueOf(running().pid());
      assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("the server is not running");
    }
    return process;
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("redis-server", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
