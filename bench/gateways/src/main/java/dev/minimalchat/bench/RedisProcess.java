package dev.minimalchat.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A `redis-server` without persistence.
final class RedisProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  RedisProcess() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
    this.process =
        new ProcessBuilder(
                "redis-server", "--bind", "127.0.0.1", "--port", String.valueOf(port), "--save", "")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
