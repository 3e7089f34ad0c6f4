package dev.minimalchat.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Sends requests to the provider over HTTP and parses the answers.
final class DemoClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DemoProvider provider;

  DemoClient(DemoProvider provider) {
    this.provider = provider;
  }

  /// @param userMessages in order; an answer is inserted after each but the last
  static String body(String... userMessages) {
    var request = JSON.createObjectNode().put("model", "demo").put("stream", true);
    var input = request.putArray("input");
    for (String message : userMessages) {
      if (!input.isEmpty()) {
        input.addObject().put("type", "message").put("role", "assistant").put("content", "I see.");
      }
      input.addObject().put("type", "message").put("role", "user").put("content", message);
    }
    return request.toString();
  }

  Reply ask(String... userMessages) {
    return post(body(userMessages), provider.key());
  }

  Reply post(String body, String key) {
    return send(request(key).POST(BodyPublishers.ofString(body)).build()).join();
  }

  Reply get() {
    return send(request(provider.key()).GET().build()).join();
  }

  CompletableFuture<Reply> askAsync(String message) {
    return send(request(provider.key()).POST(BodyPublishers.ofString(body(message))).build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String key) {
    return HttpRequest.newBuilder(provider.baseUrl().resolve("/v1/responses"))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private CompletableFuture<Reply> send(HttpRequest request) {
    Received received = new Received();
    return http.sendAsync(request, received)
        .handle((_, failure) -> received.reply(failure != null));
  }

  /// Collects the body up to the point where the connection breaks. The body handlers of the JDK
  /// drop what they have buffered then.
  private static final class Received implements BodyHandler<Void> {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile @Nullable ResponseInfo responseInfo;

    @Override
    public BodySubscriber<Void> apply(ResponseInfo info) {
      responseInfo = info;
      return BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(body::writeBytes));
    }

    Reply reply(boolean broken) {
      ResponseInfo info = requireNonNull(responseInfo, "no response");
      String text = body.toString(StandardCharsets.UTF_8);
      return new Reply(info.statusCode(), info.headers(), text, broken);
    }
  }

  /// @param broken whether the connection ended without the end of the body
  record Reply(int status, HttpHeaders headers, String body, boolean broken) {

    List<JsonNode> events() {
      return body.lines().filter(line -> line.startsWith("data: ")).map(Reply::data).toList();
    }

    List<JsonNode> events(String type) {
      return events().stream().filter(event -> type(event).equals(type)).toList();
    }

    /// The event types in order, without repetitions of the previous one.
    List<String> outline() {
      String[] last = {""};
      return events().stream()
          .map(Reply::type)
          .filter(type -> !type.equals(last[0]))
          .peek(type -> last[0] = type)
          .toList();
    }

    JsonNode last() {
      return events().getLast();
    }

    /// The joined deltas of that event type.
    String deltas(String type) {
      return String.join(
          "", events(type).stream().map(event -> event.path("delta").asText()).toList());
    }

    String text() {
      return deltas("response.output_text.delta");
    }

    JsonNode error() {
      return parse(body).path("error");
    }

    List<String> blocks() {
      return Arrays.asList(body.split("(?<=\n\n)", -1));
    }

    private static String type(JsonNode event) {
      return event.path("type").asText();
    }

    private static JsonNode data(String line) {
      return parse(line.substring("data: ".length()));
    }

    private static JsonNode parse(String json) {
      try {
        return JSON.readTree(json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
