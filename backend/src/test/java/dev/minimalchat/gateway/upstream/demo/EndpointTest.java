package dev.minimalchat.gateway.upstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.upstream.demo.DemoClient.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

  private final RecordedPace pace = new RecordedPace();
  private Endpoint endpoint;
  private DemoClient client;

  @BeforeEach
  void listen() throws IOException {
    open(pace);
  }

  @AfterEach
  void close() {
    client.close();
    endpoint.close();
  }

  @Test
  void streamsTheEventsInTheOrderOfTheApi() {
    Reply reply = client.ask("Say hello in one short sentence.");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(reply.outline())
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
  }

  @Test
  void namesEachEventAsItsTypeAndPutsItOnOneLine() {
    Reply reply = client.ask("hello");

    assertThat(reply.blocks().subList(0, reply.events().size()))
        .allMatch(block -> block.matches("event: (\\S+)\ndata: \\{\"type\":\"\\1\".*}\n\n"));
  }

  @Test
  void numbersTheEventsFromZero() {
    List<JsonNode> events = client.ask("hello").events();

    assertThat(events)
        .extracting(event -> event.path("sequence_number").asInt())
        .first()
        .isEqualTo(0);
    assertThat(events.getLast().path("sequence_number").asInt()).isEqualTo(events.size() - 1);
  }

  @Test
  void saysTheSameInTheDeltasAndInTheEnd() {
    Reply reply = client.ask("Show me what you can render");

    assertThat(reply.text())
        .isEqualTo(Texts.read("showcase.md"))
        .isEqualTo(reply.events("response.output_text.done").getFirst().path("text").asText())
        .isEqualTo(reply.last().at("/response/output/0/content/0/text").asText());
  }

  @Test
  void sendsWordsOneByOneAtTheSpeedOfABriskModel() {
    Reply reply = client.ask("Say hello in one short sentence.");

    assertThat(reply.events("response.output_text.delta"))
        .extracting(event -> event.path("delta").asText())
        .startsWith("Hello ", "from ");
    assertThat(pace.rests().getFirst()).isEqualTo(Duration.ofMillis(300));
    assertThat(pace.rests().subList(1, pace.rests().size()))
        .hasSize(reply.events("response.output_text.delta").size())
        .containsOnly(Duration.ofMillis(20));
  }

  @Test
  void countsTheTokensOfQuestionAndAnswer() {
    JsonNode usage = client.ask("Say hello in one short sentence.").last().at("/response/usage");

    assertThat(usage.path("input_tokens").asInt()).isEqualTo(8);
    assertThat(usage.path("output_tokens").asInt()).isEqualTo(24);
    assertThat(usage.path("total_tokens").asInt()).isEqualTo(32);
  }

  @Test
  void saysWhenTheAnswerWasBegunAndByWhichModel() {
    JsonNode response = client.ask("hello").events().getFirst().path("response");

    assertThat(response.path("created_at").asLong()).isEqualTo(1_800_000_000);
    assertThat(response.path("model").asText()).isEqualTo("demo");
  }

  @Test
  void answersTheSameConversationWithTheSameWords() {
    String[] said = {"I am sad", "My mother does not listen", "Hm", "Hm"};

    assertThat(client.ask(said).text()).isEqualTo(client.ask(said).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "demo", "sk-something"})
  void turnsAwayAWrongKey(String key) {
    Reply reply = client.post(DemoClient.body("hello"), key);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error().path("code").asText()).isEqualTo("invalid_api_key");
    assertThat(reply.body()).doesNotContain(endpoint.key());
  }

  @Test
  void takesNothingButPost() {
    assertThat(client.get().status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{\"stream\":true,\"input\":\"hello\"}",
        "{\"model\":\"demo\",\"input\":\"hello\"}",
        "{\"model\":\"demo\",\"stream\":true}",
        "{\"model\":\"demo\",\"stream\":true,\"input\":7}",
        "{\"model\":\"demo\",\"stream\":true,\"input\":[]}",
        "{\"model\":\"demo\",\"stream\":true,\"input\":[{\"role\":\"assistant\",\"content\":\"hi\"}]}"
      })
  void answersNonsenseWithTheErrorOfTheApi(String body) {
    Reply reply = client.post(body, endpoint.key());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(reply.error().path("message").asText()).isNotBlank();
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    String body =
        "{\"model\":\"demo\",\"stream\":true,\"input\":\"hello\",\"store\":false,\"x\":[1]}";

    assertThat(client.post(body, endpoint.key()).status()).isEqualTo(200);
  }

  @Test
  void stopsSpeakingWhenTheClientHasLeft() throws Exception {
    CompletableFuture<Thread> answering = new CompletableFuture<>();
    CountDownLatch left = new CountDownLatch(1);
    AtomicInteger words = new AtomicInteger();
    reopen(_ -> {
      answering.complete(Thread.currentThread());
      left.await();
      words.incrementAndGet();
    });

    Thread answer;
    try (Socket socket = new Socket(endpoint.base().getHost(), endpoint.base().getPort())) {
      request(socket, DemoClient.body("/drill burst"));
      answer = answering.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
      socket.setSoLinger(true, 0);
    }
    left.countDown();

    assertThat(answer.join(TestTimeouts.LIMIT)).isTrue();
    assertThat(words).hasValueLessThan(2000);
  }

  @Test
  void breaksOffWhateverItSaysWhenItCloses() throws Exception {
    CompletableFuture<Thread> answering = new CompletableFuture<>();
    reopen(_ -> {
      answering.complete(Thread.currentThread());
      new CountDownLatch(1).await();
    });
    CompletableFuture<Reply> reply = client.asking("/drill slow");
    Thread answer = answering.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

    endpoint.close();

    assertThat(answer.join(TestTimeouts.LIMIT)).isTrue();
    assertThat(reply.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).broken()).isTrue();
  }

  private void open(Pace pace) throws IOException {
    endpoint = new Endpoint(CLOCK, pace);
    client = new DemoClient(endpoint);
  }

  private void reopen(Pace pace) throws IOException {
    close();
    open(pace);
  }

  private void request(Socket socket, String body) throws IOException {
    String head =
        "POST /v1/responses HTTP/1.1\r\nHost: demo\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(endpoint.key(), body.length());
    OutputStream out = socket.getOutputStream();
    out.write((head + body).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
