package dev.minimalchat.validate;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A gateway and a page that pass every check, apart from one fault.
final class FakeDeployment implements AutoCloseable {
  static final String TOKEN = "token-canary-77aa";
  static final String PREVIOUS_TOKEN = "token-canary-55bb";
  static final String CODE = "code-canary-99cc";
  static final String PREVIEW = "https://preview.example";

  private static final int SECOND_MS = 1000;

  /// Have no pause between two single events.
  private static final Set<Fault> AT_ONCE =
      EnumSet.of(Fault.BUFFERED, Fault.BLOCKS, Fault.HALF_AT_ONCE, Fault.PROVIDER_BLOCKS);

  enum Fault {
    NONE,
    UNHEALTHY,
    HEALTH_WITHOUT_CORS,
    PAGE_ORIGIN_FORBIDDEN,
    WILDCARD_ORIGIN,
    EVERY_ORIGIN_ALLOWED,
    NO_AUTHENTICATION,
    STACK_TRACE,
    PUBLIC_ACTUATOR,
    ERROR_WITHOUT_CORS,
    BUFFERED,
    BLOCKS,
    HALF_AT_ONCE,
    COMPRESSED,
    STALLED,
    STALLED_PAGE,
    UNREADABLE_TOKEN,
    TRUNCATED,
    ERROR_EVENT,
    CACHEABLE_STREAM,
    SLOW,
    RATE_LIMITED_ONCE,
    NO_PAGE,
    FRAMEABLE,
    POLICY_OF_ANOTHER_GATEWAY,
    NO_POLICY,
    CONFIG_OF_ANOTHER_GATEWAY,
    OTHER_TOKEN,
    CACHEABLE_CONFIG,
    OTHER_FRAME,

    // Settings of a correct deployment.
    ACCESS_CODE,
    EMBEDDED,
    PROVIDER_BLOCKS
  }

  static {
    // Without TCP_NODELAY, events wait for the acknowledgement of the previous one.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Fault fault;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer gateway = server();
  private final HttpServer page = server();
  private final AtomicInteger chats = new AtomicInteger();

  FakeDeployment(Fault fault) throws IOException {
    this.fault = fault;
    gateway.createContext("/", this::other);
    gateway.createContext("/health", this::health);
    gateway.createContext("/v1/chat", this::chat);
    page.createContext("/", this::index);
    page.createContext("/config.json", this::config);
    gateway.start();
    page.start();
  }

  String gateway() {
    return address(gateway);
  }

  String page() {
    return address(page);
  }

  @Override
  public void close() {
    gateway.stop(0);
    page.stop(0);
    threads.shutdownNow();
  }

  private HttpServer server() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(loopback, 0);
    server.setExecutor(threads);
    return server;
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void health(HttpExchange exchange) throws IOException {
    boolean healthy = fault != Fault.UNHEALTHY;
    if (fault != Fault.HEALTH_WITHOUT_CORS) {
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
    }
    send(
        exchange,
        healthy ? 200 : 503,
        "{\"status\":\"%s\"}".formatted(healthy ? "ok" : "draining"));
  }

  private void other(HttpExchange exchange) throws IOException {
    boolean actuator = exchange.getRequestURI().getPath().startsWith("/actuator");
    send(exchange, actuator && fault == Fault.PUBLIC_ACTUATOR ? 200 : 404, error("not_found"));
  }

  private void chat(HttpExchange exchange) throws IOException {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (exchange.getRequestMethod().equals("GET")) {
      other(exchange);
    } else if (exchange.getRequestMethod().equals("OPTIONS")) {
      allow(exchange, origin);
      boolean allowed = origin.equals(page()) || origin.equals(PREVIEW);
      exchange.sendResponseHeaders(allowed ? 204 : 403, -1);
    } else if (!authorized(exchange.getRequestHeaders().getFirst("Authorization"))) {
      if (fault != Fault.ERROR_WITHOUT_CORS) {
        allow(exchange, origin);
      }
      send(
          exchange,
          401,
          error(fault == Fault.ACCESS_CODE ? "access_code_required" : "unauthorized"));
    } else if (chats.getAndIncrement() == 0 && fault == Fault.RATE_LIMITED_ONCE) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      send(exchange, 429, error("rate_limited"));
    } else {
      answer(exchange);
    }
  }

  private boolean authorized(String authorization) {
    if (fault == Fault.ACCESS_CODE) {
      return ("Bearer " + CODE).equals(authorization);
    }
    return fault == Fault.NO_AUTHENTICATION
        || ("Bearer " + TOKEN).equals(authorization)
        || ("Bearer " + PREVIOUS_TOKEN).equals(authorization);
  }

  private void allow(HttpExchange exchange, String origin) {
    boolean allowed = origin.equals(page()) && fault != Fault.PAGE_ORIGIN_FORBIDDEN;
    Headers headers = exchange.getResponseHeaders();
    if (allowed || origin.equals(PREVIEW) || fault == Fault.EVERY_ORIGIN_ALLOWED) {
      headers.set("Access-Control-Allow-Origin", fault == Fault.WILDCARD_ORIGIN ? "*" : origin);
    }
    headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type");
    headers.set("Access-Control-Max-Age", "3600");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int pause = question.contains("Count") && !AT_ONCE.contains(fault) ? 15 : 0;
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream");
    headers.set(
        "Cache-Control", fault == Fault.CACHEABLE_STREAM ? "public" : "no-store, no-transform");
    headers.set("X-Request-Id", "r");
    sleep(fault == Fault.SLOW && chats.get() == 1 ? 2 * SECOND_MS + 100 : 0);
    sleep(fault == Fault.BUFFERED ? SECOND_MS / 2 : 0);
    String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    if (fault == Fault.COMPRESSED && encodings != null && encodings.contains("gzip")) {
      headers.set("Content-Encoding", "gzip");
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      if (question.contains("Count")) {
        EventBlocks.send(out, fault);
      }
      for (int i = 0; i < 8; i++) {
        sendEvent(out, "response.output_text.delta");
        sleep(fault == Fault.STALLED ? 60 * SECOND_MS : pause);
      }
      if (fault == Fault.ERROR_EVENT) {
        sendEvent(out, "error");
      } else if (fault != Fault.TRUNCATED) {
        sendEvent(out, "response.completed");
      }
    }
  }

  private void index(HttpExchange exchange) throws IOException {
    if (fault == Fault.STALLED_PAGE) {
      exchange.sendResponseHeaders(200, 1);
      sleep(60 * SECOND_MS);
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", framePolicy());
    String source = fault == Fault.POLICY_OF_ANOTHER_GATEWAY ? "https://other.example" : gateway();
    String policy =
        fault == Fault.NO_POLICY ? "" : "default-src 'none'; connect-src 'self' " + source;
    send(
        exchange,
        fault == Fault.NO_PAGE ? 404 : 200,
        "<title>Chat</title><meta http-equiv=Content-Security-Policy content=\"" + policy + "\">");
  }

  private String framePolicy() {
    return switch (fault) {
      case FRAMEABLE -> "base-uri 'none'";
      case EMBEDDED -> "base-uri 'none'; frame-ancestors https://a.example https://b.example";
      case OTHER_FRAME -> "frame-ancestors https://other.example";
      default -> "frame-ancestors 'none'";
    };
  }

  private void config(HttpExchange exchange) throws IOException {
    String cache = fault == Fault.CACHEABLE_CONFIG ? "public, max-age=60" : "no-store";
    exchange.getResponseHeaders().set("Cache-Control", cache);
    String gatewayUrl =
        fault == Fault.CONFIG_OF_ANOTHER_GATEWAY ? "https://other.example" : gateway();
    String token =
        switch (fault) {
          case OTHER_TOKEN -> "another";
          case UNREADABLE_TOKEN -> TOKEN + "\\n";
          default -> TOKEN;
        };
    String sites =
        fault == Fault.EMBEDDED
            ? ",\"embedOrigins\":[\"https://a.example\",\"https://b.example\"]"
            : "";
    send(
        exchange,
        200,
        "{\"gatewayUrl\":\"%s\",\"gatewayToken\":\"%s\"%s}".formatted(gatewayUrl, token, sites));
  }

  private String error(String code) {
    String trace = fault == Fault.STACK_TRACE ? "at com.example.Main.run(Main.java:1)" : "";
    return """
    {"error":{"code":"%s","message":"No. %s","retryable":false,"request_id":"r"}}\
    """
        .formatted(code, trace);
  }

  private static void sendEvent(OutputStream out, String type) throws IOException {
    out.write("event: %s\ndata: {}\n\n".formatted(type).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  static void sleep(int milliseconds) throws IOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
