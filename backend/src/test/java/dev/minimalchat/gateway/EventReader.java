package dev.minimalchat.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client of `/v1/chat` that reads one event after the other, leaves, and comes back. It has a
/// connection of its own.
final class EventReader implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final CompletableFuture<HttpResponse<InputStream>> response;
  private @Nullable BufferedReader lines;

  private EventReader(HttpRequest request) {
    this.response = http.sendAsync(request, BodyHandlers.ofInputStream());
  }

  /// Sends a question, and does not wait for the response.
  static EventReader post(int port, String key, String body) {
    return new EventReader(
        request(port, "/v1/chat", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /// Reads on.
  ///
  /// @param after the number of the last event that is known
  static EventReader resume(int port, String key, long after) {
    return new EventReader(request(port, "/v1/chat/stream?after=" + after, key).build());
  }

  /// A new `Resume-Key`.
  static String newKey() {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /// The text of all deltas.
  static String text(List<JsonNode> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.path("delta").asText("")));
    return text.toString();
  }

  static List<Long> numbers(List<JsonNode> events) {
    return events.stream().map(event -> event.path("sequence_number").asLong()).toList();
  }

  static String type(JsonNode event) {
    return event.path("type").asText();
  }

  /// Ends an answer, and returns the status.
  static int delete(int port, String key) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = request(port, "/v1/chat/stream", key).DELETE().build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  static HttpRequest.Builder request(int port, String path, String key) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + RunningGateway.TOKEN)
        .header("Resume-Key", key);
  }

  /// Whether the head of the response is here.
  boolean hasStatus() {
    return response.isDone();
  }

  int status() throws Exception {
    return response().statusCode();
  }

  /// The next event; null at the end of the stream.
  @Nullable JsonNode next() throws Exception {
    if (lines == null) {
      lines = new BufferedReader(new InputStreamReader(response().body(), UTF_8));
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        return JSON.readTree(line.substring("data: ".length()));
      }
    }
    return null;
  }

  /// So many events.
  List<JsonNode> next(int count) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    while (events.size() < count) {
      events.add(next());
    }
    return events;
  }

  /// All events to the end of the stream.
  List<JsonNode> rest() throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode event = next(); event != null; event = next()) {
      events.add(event);
    }
    return events;
  }

  /// The error of a response that is no stream.
  JsonNode error() throws Exception {
    return JSON.readTree(response().body().readAllBytes()).path("error");
  }

  /// Closes the connection.
  @Override
  public void close() throws IOException {
    if (response.isDone() && !response.isCompletedExceptionally()) {
      response.join().body().close();
    }
    http.shutdownNow();
  }

  private HttpResponse<InputStream> response() throws Exception {
    return response.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
  }
}
