package dev.minimalchat.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A provider on a raw socket, one connection a call; each says only what the test makes it say.
final class LineProvider implements AutoCloseable {
  private final ServerSocket server;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  private LineProvider(ServerSocket server) {
    this.server = server;
  }

  static LineProvider listen() {
    try {
      var provider = new LineProvider(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
      Thread.startVirtualThread(provider::accept);
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String base() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /// The next call, when its request has come.
  Call call() throws InterruptedException {
    Call call = calls.poll(Patience.SECONDS, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("the gateway has not called");
    }
    return call;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> receive(socket));
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  private void receive(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Patience.LIMIT.toMillis());
      calls.add(new Call(socket, request(socket.getInputStream())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) in.read());
    }
    String length = request.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1");
    return request + new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
  }

  /// One request and the answer to it.
  ///
  /// @param request head and body as they came
  record Call(Socket socket, String request) {

    void begin() {
      write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
      event("{\"type\":\"response.created\",\"response\":{\"id\":\"resp_p\",\"model\":\"m\"}}");
    }

    void delta(String text) {
      event("{\"type\":\"response.output_text.delta\",\"delta\":\"" + text + "\"}");
    }

    void event(String json) {
      write("data: " + json + "\n\n");
    }

    void complete() {
      event("{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}");
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void refuse(String body) {
      write(
          "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nConnection: close\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    /// Says nothing more, and sees its connection end.
    void awaitHangUp() throws IOException {
      try {
        assertThat(socket.getInputStream().read()).as("the gateway's end").isNegative();
      } catch (SocketException e) {
        assertThat(e).hasMessageContaining("reset");
      }
    }

    /// Talks on until its connection ends.
    void awaitHangUpWhileTalking() throws IOException {
      Thread.startVirtualThread(() -> {
        try {
          while (!socket.isClosed()) {
            delta("more");
          }
        } catch (UncheckedIOException e) {
          // That is the end.
        }
      });
      awaitHangUp();
      socket.close();
    }

    private void write(String text) {
      try {
        socket.getOutputStream().write(text.getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
