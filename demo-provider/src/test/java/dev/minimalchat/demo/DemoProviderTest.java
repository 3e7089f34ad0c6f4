package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.demo.DemoClient.Reply;
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

class DemoProviderTest {
  private static final String KEY = "key-canary-31cc";
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final RecordingSleeper sleeper = new RecordingSleeper();
  private DemoProvider provider;
  private DemoClient client;

  @BeforeEach
  void startProvider() throws IOException {
    open(sleeper);
  }

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  @Test
  void streamsTheEventsInTheOrderOfTheResponsesApi() {
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
  void namesEachEventByItsTypeAndWritesItsDataOnOneLine() {
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
  void sendsTheSameTextInTheDeltasAndInTheDoneEvents() {
    Reply reply = client.ask("Show me what you can render");

    assertThat(reply.text())
        .isEqualTo(Resources.read("showcase.md"))
        .isEqualTo(reply.events("response.output_text.done").getFirst().path("text").asText())
        .isEqualTo(reply.last().at("/response/output/0/content/0/text").asText());
  }

  @Test
  void sendsFiftyWordsASecondAfterAThinkingPause() {
    Reply reply = client.ask("Say hello in one short sentence.");

    assertThat(reply.events("response.output_text.delta"))
        .extracting(event -> event.path("delta").asText())
        .startsWith("Hello ", "from ");
    assertThat(sleeper.sleeps().getFirst()).isEqualTo(Duration.ofMillis(300));
    assertThat(sleeper.sleeps().subList(1, sleeper.sleeps().size()))
        .hasSize(reply.events("response.output_text.delta").size())
        .containsOnly(Duration.ofMillis(20));
  }

  @Test
  void reportsTheTokensOfInputAndOutput() {
    JsonNode usage = client.ask("Say hello in one short sentence.").last().at("/response/usage");

    assertThat(usage.path("input_tokens").asInt()).isEqualTo(8);
    assertThat(usage.path("output_tokens").asInt()).isEqualTo(24);
    assertThat(usage.path("total_tokens").asInt()).isEqualTo(32);
  }

  @Test
  void reportsTheCreationTimeAndTheModelOfTheRequest() {
    JsonNode response = client.ask("hello").events().getFirst().path("response");

    assertThat(response.path("created_at").asLong()).isEqualTo(1_800_000_000);
    assertThat(response.path("model").asText()).isEqualTo("demo");
  }

  @Test
  void answersEqualRequestsEqually() {
    String[] messages = {"I am sad", "My mother does not listen", "Hm", "Hm"};

    assertThat(client.ask(messages).text()).isEqualTo(client.ask(messages).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "demo", "sk-something"})
  void answersAWrongKeyWith401(String key) {
    Reply reply = client.post(DemoClient.body("hello"), key);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error().path("code").asText()).isEqualTo("invalid_api_key");
    assertThat(reply.body()).doesNotContain(provider.key());
  }

  @Test
  void answersOtherMethodsThanPostWith405() {
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
  void answersAnInvalidRequestWith400(String body) {
    Reply reply = client.post(body, provider.key());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(reply.error().path("message").asText()).isNotBlank();
  }

  @Test
  void ignoresUnknownFields() {
    String body =
        "{\"model\":\"demo\",\"stream\":true,\"input\":\"hello\",\"store\":false,\"x\":[1]}";

    assertThat(client.post(body, provider.key()).status()).isEqualTo(200);
  }

  @Test
  void stopsTheAnswerWhenTheClientDisconnects() throws Exception {
    CompletableFuture<Thread> answering = new CompletableFuture<>();
    CountDownLatch disconnected = new CountDownLatch(1);
    AtomicInteger words = new AtomicInteger();
    reopen(_ -> {
      answering.complete(Thread.currentThread());
      disconnected.await();
      words.incrementAndGet();
    });

    Thread answer;
    try (Socket socket = new Socket(provider.baseUrl().getHost(), provider.baseUrl().getPort())) {
      request(socket, DemoClient.body("/drill burst"));
      answer = answering.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      socket.setSoLinger(true, 0);
    }
    disconnected.countDown();

    assertThat(answer.join(TIMEOUT)).isTrue();
    assertThat(words).hasValueLessThan(2000);
  }

  @Test
  void breaksRunningAnswersWhenItCloses() throws Exception {
    CompletableFuture<Thread> answering = new CompletableFuture<>();
    reopen(_ -> {
      answering.complete(Thread.currentThread());
      new CountDownLatch(1).await();
    });
    CompletableFuture<Reply> reply = client.askAsync("/drill slow");
    Thread answer = answering.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);

    provider.close();

    assertThat(answer.join(TIMEOUT)).isTrue();
    assertThat(reply.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).broken()).isTrue();
  }

  @Test
  void answersEveryRequestWithTheGivenDrill() throws IOException {
    close();
    provider = new DemoProvider(0, KEY, CLOCK, sleeper, new AnswerSelector(Drill.OVERLOADED));
    client = new DemoClient(provider);

    assertThat(client.ask("What can you do?").status()).isEqualTo(503);
  }

  private void open(Sleeper sleeper) throws IOException {
    provider = new DemoProvider(0, KEY, CLOCK, sleeper, new AnswerSelector(null));
    client = new DemoClient(provider);
  }

  private void reopen(Sleeper sleeper) throws IOException {
    close();
    open(sleeper);
  }

  private void request(Socket socket, String body) throws IOException {
    String head =
        "POST /v1/responses HTTP/1.1\r\nHost: demo\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(provider.key(), body.length());
    OutputStream out = socket.getOutputStream();
    out.write((head + body).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
