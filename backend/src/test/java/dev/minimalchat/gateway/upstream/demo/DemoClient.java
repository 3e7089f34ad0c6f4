package dev.minimalchat.gateway.upstream.demo;

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

/// Asks the endpoint over real HTTP, as the gateway does, and takes the answer apart.
final class DemoClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Endpoint endpoint;

  DemoClient(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /// @param said by the user, in order, with an answer after each but the last
  static String body(String... said) {
    var request = JSON.createObjectNode().put("model", "demo").put("stream", true);
    var input = request.putArray("input");
    for (String message : said) {
      if (!input.isEmpty()) {
        input.addObject().put("type", "message").put("role", "assistant").put("content", "I see.");
      }
      input.addObject().put("type", "message").put("role", "user").put("content", message);
    }
    return request.toString();
  }

  Reply ask(String... said) {
    return post(body(said), endpoint.key());
  }

  Reply post(String body, String key) {
    return send(request(key).POST(BodyPublishers.ofString(body)).build()).join();
  }

  Reply get() {
    return send(request(endpoint.key()).GET().build()).join();
  }

  CompletableFuture<Reply> asking(String message) {
    return send(request(endpoint.key()).POST(BodyPublishers.ofString(body(message))).build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String key) {
    return HttpRequest.newBuilder(endpoint.base().resolve("/v1/responses"))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private CompletableFuture<Reply> send(HttpRequest request) {
    Received received = new Received();
    return http.sendAsync(request, received)
        .handle((_, failure) -> received.reply(failure != null));
  }

  /// An answer as far as it came. The client's own streams forget what they still hold when the
  /// connection breaks.
  private static final class Received implements BodyHandler<Void> {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile @Nullable ResponseInfo head;

    @Override
    public BodySubscriber<Void> apply(ResponseInfo info) {
      head = info;
      return BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(body::writeBytes));
    }

    Reply reply(boolean broken) {
      ResponseInfo begun = requireNonNull(head, "the endpoint has not answered");
      String text = body.toString(StandardCharsets.UTF_8);
      return new Reply(begun.statusCode(), begun.headers(), text, broken);
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

    /// The types in order; of a run of equal ones, the first.
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

    /// What the deltas of that type say together.
    String said(String type) {
      return String.join(
          "", events(type).stream().map(event -> event.path("delta").asText()).toList());
    }

    String text() {
      return said("response.output_text.delta");
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
