package dev.minimalchat.gateway.validate;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A gateway and a page as they should be, but for one fault.
final class FakePair implements AutoCloseable {
  static final String TOKEN = "token-canary-77aa";
  static final String PREVIOUS = "token-canary-55bb";
  static final String PREVIEW = "https://preview.example";

  private static final int SECOND = 1000;

  enum Fault {
    NONE,
    UNWELL,
    PAGE_NOT_LET_IN,
    ANY_ORIGIN,
    STRANGERS,
    OPEN,
    STACK,
    PUBLIC_ACTUATOR,
    UNREADABLE_REFUSAL,
    BUFFERED,
    CUT,
    FAILS_INSIDE,
    CACHED_STREAM,
    LATE,
    BUSY_ONCE,
    NO_PAGE,
    FRAMED,
    POLICY_OF_ANOTHER,
    NO_POLICY,
    CONFIG_OF_ANOTHER,
    OTHER_TOKEN,
    CACHED_CONFIG
  }

  static {
    // Otherwise what it says waits for the acknowledgement of what it said before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Fault fault;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer gateway = server();
  private final HttpServer page = server();
  private final AtomicInteger chats = new AtomicInteger();

  FakePair(Fault fault) throws IOException {
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
    boolean well = fault != Fault.UNWELL;
    send(exchange, well ? 200 : 503, "{\"status\":\"%s\"}".formatted(well ? "ok" : "draining"));
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
      boolean known = origin.equals(page()) || origin.equals(PREVIEW);
      exchange.sendResponseHeaders(known ? 204 : 403, -1);
    } else if (!known(exchange.getRequestHeaders().getFirst("Authorization"))) {
      if (fault != Fault.UNREADABLE_REFUSAL) {
        allow(exchange, origin);
      }
      send(exchange, 401, error("unauthorized"));
    } else if (chats.getAndIncrement() == 0 && fault == Fault.BUSY_ONCE) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      send(exchange, 429, error("rate_limited"));
    } else {
      answer(exchange);
    }
  }

  private boolean known(String authorization) {
    return fault == Fault.OPEN
        || ("Bearer " + TOKEN).equals(authorization)
        || ("Bearer " + PREVIOUS).equals(authorization);
  }

  private void allow(HttpExchange exchange, String origin) {
    boolean known = origin.equals(page()) && fault != Fault.PAGE_NOT_LET_IN;
    Headers headers = exchange.getResponseHeaders();
    if (known || origin.equals(PREVIEW) || fault == Fault.STRANGERS) {
      headers.set("Access-Control-Allow-Origin", fault == Fault.ANY_ORIGIN ? "*" : origin);
    }
    headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type");
    headers.set("Access-Control-Max-Age", "3600");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int pause = fault != Fault.BUFFERED && question.contains("Count") ? 15 : 0;
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream");
    headers.set(
        "Cache-Control", fault == Fault.CACHED_STREAM ? "public" : "no-store, no-transform");
    headers.set("X-Request-Id", "r");
    rest(fault == Fault.LATE && chats.get() == 1 ? 2 * SECOND + 100 : 0);
    rest(fault == Fault.BUFFERED ? SECOND / 2 : 0);
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 8; i++) {
        say(out, "response.output_text.delta");
        rest(pause);
      }
      if (fault == Fault.FAILS_INSIDE) {
        say(out, "error");
      } else if (fault != Fault.CUT) {
        say(out, "response.completed");
      }
    }
  }

  private void index(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set(
        "Content-Security-Policy",
        fault == Fault.FRAMED ? "base-uri 'none'" : "frame-ancestors 'none'");
    String source = fault == Fault.POLICY_OF_ANOTHER ? "https://other.example" : gateway();
    String policy =
        fault == Fault.NO_POLICY ? "" : "default-src 'none'; connect-src 'self' " + source;
    send(
        exchange,
        fault == Fault.NO_PAGE ? 404 : 200,
        "<title>Chat</title><meta http-equiv=Content-Security-Policy content=\"" + policy + "\">");
  }

  private void config(HttpExchange exchange) throws IOException {
    String cache = fault == Fault.CACHED_CONFIG ? "public, max-age=60" : "no-store";
    exchange.getResponseHeaders().set("Cache-Control", cache);
    String points = fault == Fault.CONFIG_OF_ANOTHER ? "https://other.example" : gateway();
    String token = fault == Fault.OTHER_TOKEN ? "another" : TOKEN;
    send(exchange, 200, "{\"gatewayUrl\":\"%s\",\"gatewayToken\":\"%s\"}".formatted(points, token));
  }

  private String error(String code) {
    String trace = fault == Fault.STACK ? "at com.example.Main.run(Main.java:1)" : "";
    return """
    {"error":{"code":"%s","message":"No. %s","retryable":false,"request_id":"r"}}\
    """
        .formatted(code, trace);
  }

  private static void say(OutputStream out, String type) throws IOException {
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

  private static void rest(int milliseconds) throws IOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
