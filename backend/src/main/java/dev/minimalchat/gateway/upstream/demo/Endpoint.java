package dev.minimalchat.gateway.upstream.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// `POST /v1/responses` on a port of its own, reachable from this machine with the key only. It
/// knows HTTP, and leaves to [Repertoire] what to answer and to [Recital] how a stream goes.
///
/// One virtual thread an exchange. An exception that leaves a handler breaks the connection, which
/// is how a failed write, a drill and [#close] all end an answer.
final class Endpoint implements AutoCloseable {
  private static final String PATH = "/v1/responses";
  private static final JsonMapper JSON = new JsonMapper();

  private final Clock clock;
  private final Pace pace;
  private final Repertoire repertoire = new Repertoire();
  private final String key = "demo-" + UUID.randomUUID();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// Listens at once.
  Endpoint(Clock clock, Pace pace) throws IOException {
    this.clock = clock;
    this.pace = pace;
    // Without it words wait for the acknowledgement of the word before, and arrive in lumps.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(PATH, this::handle);
    server.start();
  }

  /// The address that `/responses` is appended to.
  URI base() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create("http://" + host + ":" + address.getPort() + "/v1");
  }

  String key() {
    return key;
  }

  /// Breaks off whatever is being answered.
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      answer(exchange, body);
    } catch (Unreadable e) {
      send(exchange, e.answer());
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the demo stops");
    }
    exchange.close();
  }

  private void answer(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException, Unreadable {
    Optional<Answer.Declined> objection = objection(exchange);
    if (objection.isPresent()) {
      send(exchange, objection.get());
      return;
    }
    Question question = Question.read(body);
    switch (repertoire.answer(question)) {
      case Answer.Streamed streamed -> recite(exchange, question, streamed);
      case Answer.Declined declined -> send(exchange, declined);
      case Answer.Page page -> send(exchange, 200, "text/html; charset=utf-8", page.html());
      case Answer.Silence _ -> {
        pace.rest(Step.NEVER);
        throw new IOException("nobody waited for it");
      }
    }
  }

  private Optional<Answer.Declined> objection(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Optional.of(
          Answer.Declined.of(405, "invalid_request_error", "method_not_allowed", "Use POST."));
    }
    String expected = "Bearer " + key;
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (given == null || !MessageDigest.isEqual(bytes(expected), bytes(given))) {
      return Optional.of(Drill.wrongKey());
    }
    return Optional.empty();
  }

  private void recite(HttpExchange exchange, Question question, Answer.Streamed streamed)
      throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString().replace("-", "");
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("x-request-id", "req_" + id);
    exchange.sendResponseHeaders(200, 0);
    EventStream events = new EventStream(exchange.getResponseBody());
    new Recital(events, pace, question, id, clock.instant().getEpochSecond())
        .perform(streamed.steps());
  }

  private static void send(HttpExchange exchange, Answer.Declined declined) throws IOException {
    Duration retryAfter = declined.retryAfter();
    if (retryAfter != null) {
      exchange.getResponseHeaders().set("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
    ObjectNode document = JSON.createObjectNode();
    document
        .putObject("error")
        .put("message", declined.message())
        .put("type", declined.type())
        .put("param", declined.param())
        .put("code", declined.code());
    send(exchange, declined.status(), "application/json", document.toString());
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = bytes(text);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
