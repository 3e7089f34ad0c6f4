package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.TestTimeouts;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A provider on a raw socket, where bytes and their timing matter. The test awaits each request
/// with [#take] and answers it. Nothing here depends on elapsed time.
public final class SocketProvider implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  public SocketProvider() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /// The value for `OPENAI_API_BASE`.
  public URI base() {
    return URI.create(
        "http://%s:%d/v1"
            .formatted(server.getInetAddress().getHostAddress(), server.getLocalPort()));
  }

  /// Waits for the next request.
  public Call take() {
    try {
      Call call = calls.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
      if (call == null) {
        throw new AssertionError("the provider received no request");
      }
      return call;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Discards requests that an earlier test did not take.
  public void discardRequests() {
    calls.clear();
  }

  /// The number of connections accepted so far.
  public int connections() {
    return accepted.size();
  }

  /// Closes the server and all connections.
  @Override
  public void close() {
    close(server);
    accepted.forEach(SocketProvider::close);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.add(socket);
        socket.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> listen(socket));
      }
    } catch (IOException e) {
      close();
    }
  }

  /// Keeps reading while a request is answered, so that a disconnect is noticed at once.
  private void listen(Socket socket) {
    CountDownLatch disconnected = new CountDownLatch(1);
    try {
      InputStream in = socket.getInputStream();
      while (true) {
        calls.add(new Call(socket, disconnected, in));
      }
    } catch (IOException e) {
      disconnected.countDown();
      close(socket);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// One request and its connection. Bytes sent after the client has disconnected are discarded;
  /// use [#awaitDisconnect] to assert the disconnect.
  public static final class Call {
    private final Socket socket;
    private final CountDownLatch disconnected;
    private final String line;
    private final Map<String, String> headers = new TreeMap<>();
    private final String body;

    private Call(Socket socket, CountDownLatch disconnected, InputStream in) throws IOException {
      this.socket = socket;
      this.disconnected = disconnected;
      line = line(in);
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /// The request line, such as `POST /v1/responses HTTP/1.1`.
    public String line() {
      return line;
    }

    /// The header fields, by name in lower case.
    public Map<String, String> headers() {
      return headers;
    }

    public String body() {
      return body;
    }

    /// A complete response with a Content-Length.
    public void answer(String status, String contentType, String body) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      send(
          "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(status, contentType, bytes.length));
      send(bytes);
    }

    /// A redirect; the location can be relative.
    public void redirect(int status, String location) {
      send(
          "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
              .formatted(status, location));
    }

    /// A complete event stream with this text.
    public void answer(String text) {
      openStream();
      delta(text);
      complete();
      endStream();
    }

    /// The head of a chunked event stream, as providers send it.
    public void openStream() {
      send(
          """
          HTTP/1.1 200 OK\r
          Content-Type: text/event-stream; charset=utf-8\r
          Transfer-Encoding: chunked\r
          \r
          """);
    }

    /// A text delta.
    public void delta(String text) {
      event("{\"type\":\"response.output_text.delta\",\"delta\":\"%s\"}".formatted(text));
    }

    /// The terminal event. The body stays open until [#endStream].
    public void complete() {
      event("{\"type\":\"response.completed\",\"response\":{}}");
    }

    /// One event without an `event` field, in its own chunk.
    public void event(String json) {
      chunk("data: " + json + "\n\n");
    }

    public void chunk(String text) {
      send(chunkOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The last chunk. The connection can be reused.
    public void endStream() {
      send("0\r\n\r\n");
    }

    public void send(String text) {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) {
      send(bytes, bytes.length);
    }

    /// Sends each piece in its own write.
    public void send(byte[] bytes, int pieceSize) {
      try {
        OutputStream out = socket.getOutputStream();
        for (int start = 0; start < bytes.length; start += pieceSize) {
          out.write(bytes, start, Math.min(pieceSize, bytes.length - start));
        }
      } catch (IOException e) {
        disconnected.countDown();
      }
    }

    /// Sends the piece again and again until the client has closed the connection.
    ///
    /// @return the number of bytes sent, at most about the maximum
    public long sendUntilDisconnect(byte[] piece, long maxBytes) {
      long sent = 0;
      while (disconnected.getCount() > 0 && sent < maxBytes) {
        send(piece);
        sent += piece.length;
      }
      return sent;
    }

    /// Closes the connection with a FIN.
    public void disconnect() {
      close(socket);
    }

    /// Sends a FIN and goes on reading, to see whether the client closes its side too.
    public void endOutput() {
      try {
        socket.shutdownOutput();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /// Closes the connection with a RST, as a crashed process does.
    public void reset() {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      close(socket);
    }

    public boolean isDisconnected() {
      return disconnected.getCount() == 0;
    }

    /// Waits until the client has closed the connection.
    public void awaitDisconnect() {
      try {
        if (!disconnected.await(TestTimeouts.SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("the client is still connected");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /// One chunk of the chunked transfer encoding (RFC 9112, section 7.1).
    public static byte[] chunkOf(byte[] content) {
      ByteArrayOutputStream chunk = new ByteArrayOutputStream();
      chunk.writeBytes(
          (Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunk.writeBytes(content);
      chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      return chunk.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException();
        }
        line.write(next);
      }
      return line.toString(StandardCharsets.UTF_8).strip();
    }
  }
}
