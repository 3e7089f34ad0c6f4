package dev.minimalchat.gateway.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on a raw socket, in the place of Redis.
final class RawServer implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private RawServer(Connection connection) {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(() -> accept(connection));
  }

  /// Replies to everything that it receives with these bytes.
  static RawServer replying(String reply) {
    byte[] bytes = reply.getBytes(StandardCharsets.ISO_8859_1);
    return new RawServer(socket -> {
      byte[] buffer = new byte[8192];
      while (socket.getInputStream().read(buffer) >= 0) {
        socket.getOutputStream().write(bytes);
      }
    });
  }

  /// Sends a byte of an endless reply every 100 ms.
  static RawServer dripping() {
    return new RawServer(socket -> {
      socket.getOutputStream().write("$9999\r\n".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        Thread.sleep(100);
        socket.getOutputStream().write('.');
      }
    });
  }

  /// Closes each connection at once.
  static RawServer closing() {
    return new RawServer(Socket::close);
  }

  /// Forwards to a server, and each reply after a delay.
  static RawServer delaying(int port, Duration delay) {
    return new RawServer(socket -> {
      try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
        Thread.startVirtualThread(() -> copy(socket, target, Duration.ZERO));
        copy(target, socket, delay);
      }
    });
  }

  String url() {
    return "redis://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept(Connection connection) {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.startVirtualThread(() -> serve(connection, socket));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private static void serve(Connection connection, Socket socket) {
    try (socket) {
      connection.serve(socket);
    } catch (IOException | InterruptedException _) {
      // the client has closed it
    }
  }

  private static void copy(Socket from, Socket to, Duration delay) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        Thread.sleep(delay);
        out.write(buffer, 0, count);
      }
    } catch (IOException | InterruptedException _) {
      // closed
    }
  }

  private interface Connection {
    void serve(Socket socket) throws IOException, InterruptedException;
  }
}
