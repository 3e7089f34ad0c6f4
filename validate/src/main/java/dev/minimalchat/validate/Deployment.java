package dev.minimalchat.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.validate.Check.CheckFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The URLs of a gateway and its page, and an HTTP client for both.
final class Deployment {
  private static final String CHAT = "/v1/chat";
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();

  final URI gateway;
  final URI page;
  private final PrintStream progress;
  private final TimedHttp http;

  /// @param limit of the wait for a response, and for each line of a stream
  Deployment(URI gateway, URI page, PrintStream progress, Duration limit) {
    this.gateway = gateway;
    this.page = page;
    this.progress = progress;
    this.http = new TimedHttp(TimedHttp.builder().build(), limit);
  }

  /// Serialized as browsers do it: without the default port of the scheme.
  static String origin(URI address) {
    int defaultPort = address.getScheme().equals("https") ? 443 : 80;
    boolean omitPort = address.getPort() < 0 || address.getPort() == defaultPort;
    String port = omitPort ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port;
  }

  String pageOrigin() {
    return origin(page);
  }

  HttpResponse<String> get(URI base, String path) throws IOException, InterruptedException {
    return send(request(base.resolve(path)).GET(), BodyHandlers.ofString());
  }

  /// The gateway's health, requested by a page of that origin.
  HttpResponse<String> health(String origin) throws IOException, InterruptedException {
    return send(
        request(gateway.resolve("/health")).GET().header("Origin", origin),
        BodyHandlers.ofString());
  }

  HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
    return send(
        request(gateway.resolve(CHAT))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type"),
        BodyHandlers.ofString());
  }

  /// Sends a chat request with the headers of the page and reads the whole response.
  HttpResponse<String> post(String body, @Nullable String token)
      throws IOException, InterruptedException {
    return send(chat(body, token), BodyHandlers.ofString());
  }

  /// Sends a question with the headers of the page and reads the stream as it arrives.
  StreamedAnswer ask(String question, String token)
      throws IOException, InterruptedException, CheckFailed {
    return ask(chat(body(question), token));
  }

  /// As [#ask], with the encodings of a browser, by which a proxy can begin to compress.
  StreamedAnswer askAsBrowser(String question, String token)
      throws IOException, InterruptedException, CheckFailed {
    return ask(chat(body(question), token).header("Accept-Encoding", "gzip, br"));
  }

  private StreamedAnswer ask(HttpRequest.Builder request)
      throws IOException, InterruptedException, CheckFailed {
    long start = System.nanoTime();
    var response = send(request, BodyHandlers.ofInputStream());
    return StreamedAnswer.read(response, start, http.limit());
  }

  static String body(String question) {
    var body = JSON.createObjectNode();
    body.putArray("messages").addObject().put("role", "user").put("content", question);
    return body.toString();
  }

  static JsonNode json(HttpResponse<String> answer) throws CheckFailed {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new CheckFailed("answered " + answer.statusCode() + " without JSON");
    }
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private HttpRequest.Builder chat(String body, @Nullable String token) {
    HttpRequest.Builder request =
        request(gateway.resolve(CHAT))
            .POST(BodyPublishers.ofString(body))
            .header("Origin", pageOrigin())
            .header("Content-Type", "application/json");
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri);
  }

  /// Retries once after a 429, if its `Retry-After` is at most [#MAX_WAIT].
  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    HttpResponse<T> answer = http.send(request.build(), body);
    long wait = answer.headers().firstValueAsLong("Retry-After").orElse(0);
    if (answer.statusCode() != 429 || wait < 1 || wait > MAX_WAIT.toSeconds()) {
      return answer;
    }
    progress.println("    the gateway's rate limit: waiting " + wait + " s, as it says");
    Thread.sleep(Duration.ofSeconds(wait));
    return http.send(request.build(), body);
  }
}
