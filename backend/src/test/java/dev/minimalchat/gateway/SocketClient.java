package dev.minimalchat.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// An HTTP client on a plain socket: it can send malformed requests, read slowly and disconnect.
final class SocketClient implements Closeable {
  private final Socket socket;

  SocketClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) TestTimeouts.LIMIT.toMillis());
  }

  /// A client that has sent this question.
  static SocketClient connectAndPost(int port, String content) throws IOException {
    SocketClient client = new SocketClient(port);
    client.post(content);
    return client;
  }

  void post(String content) throws IOException {
    String body = body(content);
    send(head(body.getBytes(UTF_8).length) + body);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /// Reads up to the end of the given text and no further.
  String readUntil(String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("more after: %s", read).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  /// Reads until the gateway closes the connection.
  String readToTheEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  /// Closes the connection with RST instead of FIN.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static String head(int length) {
    return """
    POST /v1/chat HTTP/1.1\r
    Host: gateway\r
    Authorization: Bearer %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    """
        .formatted(RunningGateway.TOKEN, length);
  }

  static String body(String content) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
  }
}
