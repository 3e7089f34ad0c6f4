package dev.minimalchat.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A provider that costs little: a process of its own that answers `POST /EVENTS/PAUSE` with that
/// many events, each a chunk and a packet of its own, and as many milliseconds between them. Prints
/// its port and ends with its standard input.
final class ScriptedProvider {
  private static final byte[] EVENT =
      ("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
              + "\"sequence_number\":17,\"item_id\":\"msg_0123456789abcdef0123456789abcdef\","
              + "\"output_index\":0,\"content_index\":0,\"delta\":\" hello\",\"logprobs\":[],"
              + "\"obfuscation\":\"zb2VZr3uMaj\"}\n\n")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  public static void main(String[] arguments) throws IOException {
    ServerSocket server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    System.out.println(server.getLocalPort());
    Thread.ofPlatform().daemon().start(() -> accept(server));
    while (System.in.read() >= 0) {}
  }

  private static void accept(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String path = request(in); path != null; path = request(in)) {
        String[] script = path.split("/");
        answer(Integer.parseInt(script[1]), Integer.parseInt(script[2]), out);
      }
    } catch (IOException | InterruptedException e) {
      // The client left.
    }
  }

  private static void answer(int events, int pause, OutputStream out)
      throws IOException, InterruptedException {
    byte[] chunk = chunk();
    out.write(HEAD);
    long start = System.nanoTime();
    for (int i = 0; i < events; i++) {
      if (pause > 0) {
        long due = start + i * 1_000_000L * pause;
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      }
      out.write(chunk);
    }
    out.write(END);
  }

  private static byte[] chunk() {
    String size = Integer.toHexString(EVENT.length) + "\r\n";
    return (size + new String(EVENT, StandardCharsets.US_ASCII) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads a request with its body and returns its path, or null at the end.
  private static String request(InputStream in) throws IOException {
    String path = null;
    int length = 0;
    for (String line = line(in); line != null; line = line(in)) {
      if (path == null) {
        path = line.split(" ")[1];
      } else if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      } else if (line.isEmpty()) {
        in.skipNBytes(length);
        return path;
      }
    }
    return null;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString().strip();
      }
      line.append((char) c);
    }
    return null;
  }

  private ScriptedProvider() {}
}
