package dev.minimalchat.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// A typical relay in Java: `SseEmitter`, `java.net.http`, one virtual thread per stream.
@SpringBootApplication
@RestController
public class PlainRelay {
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final URI provider = URI.create(System.getenv("PROVIDER") + "/responses");

  public static void main(String[] arguments) {
    SpringApplication.run(PlainRelay.class, arguments);
  }

  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "ok");
  }

  @PostMapping("/v1/chat")
  SseEmitter chat(@RequestBody Chat chat) {
    SseEmitter emitter = new SseEmitter(0L);
    Thread.startVirtualThread(() -> relay(chat, emitter));
    return emitter;
  }

  private void relay(Chat chat, SseEmitter emitter) {
    try (Stream<String> lines = http.send(request(chat), BodyHandlers.ofLines()).body()) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("data: ")) {
          send(json.readTree(line.substring(6)), emitter);
        }
      }
      emitter.complete();
    } catch (IOException | InterruptedException e) {
      emitter.completeWithError(e);
    }
  }

  private static void send(JsonNode event, SseEmitter emitter) throws IOException {
    String type = event.path("type").asText();
    switch (type) {
      case "response.output_text.delta" ->
          emitter.send(
              SseEmitter.event()
                  .name(type)
                  .data(Map.of("type", type, "delta", event.path("delta").asText())));
      case "response.completed" ->
          emitter.send(SseEmitter.event().name(type).data(Map.of("type", type)));
      default -> {}
    }
  }

  private HttpRequest request(Chat chat) throws IOException {
    Map<String, Object> body = Map.of("model", "bench", "input", chat.messages(), "stream", true);
    return HttpRequest.newBuilder(provider)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
        .build();
  }

  record Chat(List<Message> messages) {}

  record Message(String role, String content) {}
}
