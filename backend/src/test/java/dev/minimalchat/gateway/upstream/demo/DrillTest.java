package dev.minimalchat.gateway.upstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.upstream.demo.DemoClient.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrillTest {
  private static final String BEGUN = "response.output_text.delta";

  private final RecordedPace pace = new RecordedPace();
  private Endpoint endpoint;
  private DemoClient client;

  @BeforeEach
  void listen() throws IOException {
    endpoint = new Endpoint(Clock.systemUTC(), pace);
    client = new DemoClient(endpoint);
  }

  @AfterEach
  void close() {
    client.close();
    endpoint.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/drill", "/drill help", " /DRILL  Help ", "/drill nosuchthing"})
  void everyDrillIsListed(String message) {
    assertThat(client.ask(message).text())
        .contains(
            Arrays.stream(Drill.values())
                .map(drill -> "- `/drill " + drill.key() + "`: " + drill.description())
                .toList());
  }

  @Test
  void anUnknownDrillIsSaidToBeUnknown() {
    assertThat(client.ask("/drill nosuchthing").text()).startsWith("There is no drill");
    assertThat(client.ask("/drill").text()).doesNotContain("There is no drill");
  }

  @Test
  void aWordThatOnlyBeginsLikeTheCommandIsNone() {
    assertThat(Drill.answering("/drilling cut")).isEmpty();
    assertThat(Drill.answering("what is /drill cut")).isEmpty();
  }

  @Test
  void timeoutDoesNotEvenSendAStatus() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    close();
    endpoint =
        new Endpoint(
            Clock.systemUTC(),
            _ -> {
              waiting.countDown();
              new CountDownLatch(1).await();
            });
    client = new DemoClient(endpoint);

    CompletableFuture<Reply> reply = client.asking("/drill timeout");

    assertThat(waiting.await(TestTimeouts.SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(reply).isNotDone();
  }

  @Test
  void idleBeginsAndSaysNothingMore() {
    Reply reply = client.ask("/drill idle");

    assertThat(reply.outline()).endsWith(BEGUN);
    assertThat(pace.rests()).last().isEqualTo(Step.NEVER);
  }

  @Test
  void silentGoesOnAfterItsSilence() {
    Reply reply = client.ask("/drill silent");

    assertThat(pace.rests()).containsOnlyOnce(Duration.ofSeconds(25));
    assertThat(reply.outline()).endsWith("response.completed");
  }

  @Test
  void slowSaysOneWordASecond() {
    Reply reply = client.ask("/drill slow");

    assertThat(pace.rests())
        .hasSize(reply.events(BEGUN).size())
        .containsOnly(Duration.ofSeconds(1));
    assertThat(reply.outline()).endsWith("response.completed");
  }

  @Test
  void burstSaysTwoThousandWordsInNoTime() {
    Reply reply = client.ask("/drill burst");

    assertThat(reply.text().split("\\s+", -1)).hasSize(2000);
    assertThat(pace.total()).isZero();
  }

  @Test
  void commentsComeBetweenTheEvents() {
    Reply reply = client.ask("/drill comments");

    assertThat(reply.body()).contains("\n\n: keep-alive\n\nevent: ").contains("\n\n: \n\nevent: ");
    assertThat(reply.outline()).endsWith("response.completed");
  }

  @Test
  void reasoningThinksForFiveSecondsInAnItemOfItsOwn() {
    Reply reply = client.ask("/drill reasoning");

    assertThat(reply.outline())
        .containsSubsequence(
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.output_text.delta",
            "response.completed");
    assertThat(thinkingTime()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    assertThat(reply.events("response.output_item.added"))
        .extracting(event -> event.at("/item/type").asText())
        .containsExactly("reasoning", "message");
    assertThat(reply.events(BEGUN)).allMatch(event -> event.path("output_index").asInt() == 1);
    assertThat(reply.last().at("/response/usage/output_tokens_details/reasoning_tokens").asInt())
        .isPositive();
  }

  @Test
  void refusalRefusesAndSaysNothingElse() {
    Reply reply = client.ask("/drill refusal");

    assertThat(reply.said("response.refusal.delta"))
        .isNotBlank()
        .isEqualTo(reply.last().at("/response/output/0/content/0/refusal").asText());
    assertThat(reply.outline())
        .contains("response.refusal.done")
        .doesNotContain(BEGUN)
        .endsWith("response.completed");
  }

  @ParameterizedTest
  @CsvSource({"incomplete, max_output_tokens", "filter, content_filter"})
  void incompleteAnswersSayWhatStoppedThem(String drill, String reason) {
    Reply reply = client.ask("/drill " + drill);

    assertThat(reply.outline())
        .containsSequence("response.output_item.done", "response.incomplete");
    assertThat(reply.last().at("/response/status").asText()).isEqualTo("incomplete");
    assertThat(reply.last().at("/response/incomplete_details/reason").asText()).isEqualTo(reason);
    assertThat(reply.last().at("/response/output/0/status").asText()).isEqualTo("incomplete");
    assertThat(reply.last().at("/response/usage/output_tokens").asInt()).isPositive();
  }

  @Test
  void cutBreaksTheConnectionInTheMiddle() {
    Reply reply = client.ask("/drill cut");

    assertThat(reply.outline()).endsWith(BEGUN);
    assertThat(reply.broken()).isTrue();
  }

  @Test
  void eofEndsTheStreamCleanlyAndTooSoon() {
    Reply reply = client.ask("/drill eof");

    assertThat(reply.outline()).endsWith(BEGUN);
    assertThat(reply.broken()).isFalse();
  }

  @Test
  void lateReportsAnErrorAfterSomeText() {
    Reply reply = client.ask("/drill late");

    assertThat(reply.outline()).endsWith(BEGUN, "error");
    assertThat(reply.last().at("/error/code").asText()).isEqualTo("server_error");
  }

  @Test
  void quotaAgreesFirstAndFailsInTwoEvents() {
    Reply reply = client.ask("/drill quota");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.outline())
        .containsExactly("response.created", "response.in_progress", "error", "response.failed");
    assertThat(reply.events("error").getFirst().at("/error/code").asText())
        .isEqualTo("insufficient_quota")
        .isEqualTo(reply.last().at("/response/error/code").asText());
    assertThat(reply.last().at("/response/status").asText()).isEqualTo("failed");
  }

  @ParameterizedTest
  @CsvSource({
    "rate, 429, rate_limit_exceeded",
    "overloaded, 503, server_is_overloaded",
    "key, 401, invalid_api_key",
    "long, 400, context_length_exceeded",
    "context, 400, context_length_exceeded",
    "error, 500, server_error",
  })
  void errorsBeforeTheStreamHaveTheirStatusAndCode(String drill, int status, String code) {
    Reply reply = client.ask("/drill " + drill);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(reply.error().path("code").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate", "overloaded"})
  void whoShouldComeBackIsToldWhen(String drill) {
    assertThat(client.ask("/drill " + drill).headers().firstValue("Retry-After")).contains("60");
  }

  @Test
  void htmlIsAPageWhereTheStreamShouldBe() {
    Reply reply = client.ask("/drill html");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(reply.body()).startsWith("<!doctype html>");
  }

  private Duration thinkingTime() {
    List<Duration> thoughts =
        pace.rests().stream().filter(rest -> rest.equals(Duration.ofMillis(100))).toList();
    return thoughts.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
