package dev.minimalchat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that misbehaves as it is told, and knows when its client has left.
final class Peer implements AutoCloseable {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String EVENT = "9\r\ndata: 1\n\n\r\n";
  private static final String END = "0\r\n\r\n";

  private final ServerSocket server;
  private final List<Socket> waiting = new ArrayList<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();
  final AtomicInteger requests = new AtomicInteger();

  private Peer(int backlog) throws IOException {
    server = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  static Peer of(Script script) throws IOException {
    Peer peer = new Peer(50);
    Thread.startVirtualThread(() -> peer.serve(script));
    return peer;
  }

  /// Accepts nobody, and its backlog is full: who connects is left waiting.
  static Peer deaf() throws IOException {
    Peer peer = new Peer(1);
    for (int i = 0; i < 4; i++) {
      Socket socket = new Socket();
      peer.waiting.add(socket);
      try {
        socket.connect(peer.server.getLocalSocketAddress(), 50);
      } catch (IOException e) {
        break;
      }
    }
    peer.closed.complete("has nobody");
    return peer;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  private void serve(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> serve(script, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Script script, Socket socket) {
    try (socket) {
      script.play(this, socket);
    } catch (Exception e) {
      closed.complete(e.getClass().getSimpleName());
    }
  }

  /// Reads one request, and then waits for the client to leave.
  void request(Socket socket) throws IOException {
    receive(socket);
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    closed.complete("end");
  }

  void oneEvent(Socket socket) throws IOException {
    receive(socket);
    send(socket, HEAD + EVENT);
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    closed.complete("end");
  }

  void drip(Socket socket) throws Exception {
    receive(socket);
    send(socket, HEAD);
    for (int i = 0; i < 5; i++) {
      Thread.sleep(200);
      send(socket, EVENT);
    }
    send(socket, END);
  }

  void answer(Socket socket) throws Exception {
    receive(socket);
    send(socket, HEAD + EVENT + END);
    Thread.sleep(20);
  }

  void answerAndThenClose(Socket socket) throws IOException {
    if (requests.get() == 0) {
      receive(socket);
      send(socket, HEAD + EVENT + END);
    }
    receive(socket);
  }

  void unavailable(Socket socket) throws IOException {
    while (receive(socket)) {
      send(socket, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    }
  }

  void answerForever(Socket socket) throws IOException {
    while (receive(socket)) {
      send(socket, HEAD + EVENT + END);
    }
  }

  private boolean receive(Socket socket) throws IOException {
    StringBuilder request = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (!request.toString().endsWith("true}")) {
      int c = in.read();
      if (c < 0) {
        return false;
      }
      request.append((char) c);
    }
    requests.incrementAndGet();
    return true;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : waiting) {
      socket.close();
    }
  }

  interface Script {
    void play(Peer peer, Socket socket) throws Exception;
  }
}
