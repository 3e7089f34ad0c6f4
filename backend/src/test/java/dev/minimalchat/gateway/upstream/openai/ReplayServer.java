package dev.minimalchat.gateway.upstream.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Answers every request on one connection after another with the same recorded body, in pieces
/// that keep to no boundary of events, characters or chunks.
final class ReplayServer implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] answer;
  private final int piece;

  /// @param chunked whether the body's end is marked, or is the connection's
  ReplayServer(byte[] body, int piece, boolean chunked) {
    this.answer = answer(body, piece, chunked);
    this.piece = piece;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::serve);
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1/");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        request(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        for (int sent = 0; sent < answer.length; sent += piece) {
          out.write(answer, sent, Math.min(piece, answer.length - sent));
        }
      } catch (IOException e) {
        // The reader left, or the test is over.
      }
    }
  }

  private static void request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String length = head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1");
    in.skipNBytes(Integer.parseInt(length));
  }

  private static byte[] answer(byte[] body, int piece, boolean chunked) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(
        ascii(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Connection: close\r\n\r\n")));
    if (!chunked) {
      answer.writeBytes(body);
      return answer.toByteArray();
    }
    int chunk = 2 * piece + 1;
    for (int start = 0; start < body.length; start += chunk) {
      int length = Math.min(chunk, body.length - start);
      answer.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
      answer.write(body, start, length);
      answer.writeBytes(ascii("\r\n"));
    }
    answer.writeBytes(ascii("0\r\n\r\n"));
    return answer.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
