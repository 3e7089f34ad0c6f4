package dev.minimalchat.demo;

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

/// An HTTP server on the loopback address that answers `POST /v1/responses` to requests with its
/// key.
///
/// Each exchange runs on a virtual thread. An exception that leaves a handler breaks the
/// connection; failed writes, drills and [#close] all end an answer this way.
public final class DemoProvider implements AutoCloseable {
  private static final String PATH = "/v1/responses";
  private static final JsonMapper JSON = new JsonMapper();

  private final String key;
  private final Clock clock;
  private final Sleeper sleeper;
  private final AnswerSelector answers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// Starts a provider on a free port, with a random key and the delays of a real model.
  public static DemoProvider start() throws IOException {
    return new DemoProvider(0, "demo-" + UUID.randomUUID(), Thread::sleep);
  }

  /// @param port 0 for any free port
  public DemoProvider(int port, String key, Sleeper sleeper) throws IOException {
    this(port, key, Clock.systemUTC(), sleeper, new AnswerSelector(null));
  }

  DemoProvider(int port, String key, Clock clock, Sleeper sleeper, AnswerSelector answers)
      throws IOException {
    this.key = key;
    this.clock = clock;
    this.sleeper = sleeper;
    this.answers = answers;
    // Without TCP_NODELAY, words wait for the acknowledgement of the previous one and arrive in
    // groups.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext(PATH, this::handle);
    server.start();
  }

  /// The address to which clients append `/responses`.
  public URI baseUrl() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create("http://" + host + ":" + address.getPort() + "/v1");
  }

  public String key() {
    return key;
  }

  /// Interrupts the answers in progress, which breaks their connections.
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      answer(exchange, body);
    } catch (BadRequestException e) {
      send(exchange, e.toResponse());
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the demo provider closes");
    }
    exchange.close();
  }

  private void answer(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException, BadRequestException {
    Optional<Answer.ErrorResponse> rejection = rejection(exchange);
    if (rejection.isPresent()) {
      send(exchange, rejection.get());
      return;
    }
    DemoRequest request = DemoRequest.parse(body);
    switch (answers.select(request)) {
      case Answer.Streamed streamed -> stream(exchange, request, streamed);
      case Answer.ErrorResponse error -> send(exchange, error);
      case Answer.HtmlPage page -> send(exchange, 200, "text/html; charset=utf-8", page.html());
      case Answer.NoResponse _ -> {
        sleeper.sleep(Step.BEYOND_CLIENT_TIMEOUT);
        throw new IOException("the client did not time out");
      }
    }
  }

  private Optional<Answer.ErrorResponse> rejection(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Optional.of(
          Answer.ErrorResponse.of(405, "invalid_request_error", "method_not_allowed", "Use POST."));
    }
    String expected = "Bearer " + key;
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (given == null || !MessageDigest.isEqual(bytes(expected), bytes(given))) {
      return Optional.of(Drill.wrongKey());
    }
    return Optional.empty();
  }

  private void stream(HttpExchange exchange, DemoRequest request, Answer.Streamed streamed)
      throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString().replace("-", "");
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("x-request-id", "req_" + id);
    exchange.sendResponseHeaders(200, 0);
    SseWriter events = new SseWriter(exchange.getResponseBody());
    new ResponseWriter(events, sleeper, request, id, clock.instant().getEpochSecond())
        .write(streamed.steps());
  }

  private static void send(HttpExchange exchange, Answer.ErrorResponse error) throws IOException {
    Duration retryAfter = error.retryAfter();
    if (retryAfter != null) {
      exchange.getResponseHeaders().set("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
    ObjectNode document = JSON.createObjectNode();
    document
        .putObject("error")
        .put("message", error.message())
        .put("type", error.type())
        .put("param", error.param())
        .put("code", error.code());
    send(exchange, error.status(), "application/json", document.toString());
  }

  private static void send(HttpExchange exchange, int status, String contentType, String text)
      throws IOException {
    byte[] body = bytes(text);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
