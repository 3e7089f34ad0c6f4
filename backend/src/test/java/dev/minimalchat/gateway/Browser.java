package dev.minimalchat.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// A browser on a bare socket: it may say anything, read as slowly as it likes, and leave.
final class Browser implements Closeable {
  private final Socket socket;

  Browser(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) TestTimeouts.LIMIT.toMillis());
  }

  /// One that has asked this.
  static Browser asking(int port, String content) throws IOException {
    Browser browser = new Browser(port);
    browser.post(content);
    return browser;
  }

  void post(String content) throws IOException {
    String body = body(content);
    send(head(body.getBytes(UTF_8).length) + body);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /// Reads no further than the end of that text.
  String readUntil(String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("more after: %s", read).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  /// Everything until the gateway closes the connection.
  String readToTheEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  /// Leaves as a browser whose machine has died, not even saying so in order.
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
        .formatted(WholeGateway.TOKEN, length);
  }

  static String body(String content) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
  }
}
