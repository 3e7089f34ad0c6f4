package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.demo.DemoClient.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
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
  private static final String DELTA = "response.output_text.delta";
  private static final int TIMEOUT_SECONDS = 10;

  private final RecordingSleeper sleeper = new RecordingSleeper();
  private DemoProvider provider;
  private DemoClient client;

  @BeforeEach
  void startProvider() throws IOException {
    provider = startedWith(sleeper);
    client = new DemoClient(provider);
  }

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/drill", "/drill help", " /DRILL  Help ", "/drill nosuchthing"})
  void listsEveryDrill(String message) {
    assertThat(client.ask(message).text())
        .contains(
            Arrays.stream(Drill.values())
                .map(drill -> "- `/drill " + drill.key() + "`: " + drill.description())
                .toList());
  }

  @Test
  void reportsAnUnknownDrill() {
    assertThat(client.ask("/drill nosuchthing").text()).startsWith("There is no drill");
    assertThat(client.ask("/drill").text()).doesNotContain("There is no drill");
  }

  @Test
  void ignoresTheCommandInsideOfAMessage() {
    assertThat(Drill.answering("/drilling cut")).isEmpty();
    assertThat(Drill.answering("what is /drill cut")).isEmpty();
  }

  @Test
  void timeoutSendsNoStatus() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    close();
    provider =
        startedWith(_ -> {
          waiting.countDown();
          new CountDownLatch(1).await();
        });
    client = new DemoClient(provider);

    CompletableFuture<Reply> reply = client.askAsync("/drill timeout");

    assertThat(waiting.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(reply).isNotDone();
  }

  @Test
  void idleSendsNothingAfterTheFirstText() {
    Reply reply = client.ask("/drill idle");

    assertThat(reply.outline()).endsWith(DELTA);
    assertThat(sleeper.sleeps()).last().isEqualTo(Step.BEYOND_CLIENT_TIMEOUT);
  }

  @Test
  void silentCompletesAfterItsPause() {
    Reply reply = client.ask("/drill silent");

    assertThat(sleeper.sleeps()).containsOnlyOnce(Duration.ofSeconds(25));
    assertThat(reply.outline()).endsWith("response.completed");
  }

  @Test
  void slowSendsOneWordASecond() {
    Reply reply = client.ask("/drill slow");

    assertThat(sleeper.sleeps())
        .hasSize(reply.events(DELTA).size())
        .containsOnly(Duration.ofSeconds(1));
    assertThat(reply.outline()).endsWith("response.completed");
  }

  @Test
  void burstSendsTwoThousandWordsWithoutDelay() {
    Reply reply = client.ask("/drill burst");

    assertThat(reply.text().split("\\s+", -1)).hasSize(2000);
    assertThat(sleeper.total()).isZero();
  }

  @Test
  void commentsStandBetweenTheEvents() {
    Reply reply = client.ask("/drill comments");

    assertThat(reply.body()).contains("\n\n: keep-alive\n\nevent: ").contains("\n\n: \n\nevent: ");
    assertThat(reply.outline()).endsWith("response.completed");
  }

  @Test
  void reasoningLastsFiveSecondsInASeparateOutputItem() {
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
    assertThat(reasoningTime()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    assertThat(reply.events("response.output_item.added"))
        .extracting(event -> event.at("/item/type").asText())
        .containsExactly("reasoning", "message");
    assertThat(reply.events(DELTA)).allMatch(event -> event.path("output_index").asInt() == 1);
    assertThat(reply.last().at("/response/usage/output_tokens_details/reasoning_tokens").asInt())
        .isPositive();
  }

  @Test
  void searchSendsItsQueriesAndCitesItsLinks() {
    Reply reply = client.ask("/drill search");

    assertThat(reply.outline())
        .containsSubsequence(
            "response.output_item.added",
            "response.web_search_call.in_progress",
            "response.web_search_call.searching",
            "response.web_search_call.completed",
            "response.output_item.done",
            "response.output_text.delta",
            "response.output_text.annotation.added",
            "response.completed");
    assertThat(reply.last().at("/response/output/0/action/query").asText()).isNotBlank();
    JsonNode annotations = reply.last().at("/response/output/2/content/0/annotations");
    assertThat(annotations)
        .hasSize(2)
        .allSatisfy(annotation -> {
          String link =
              reply
                  .text()
                  .substring(
                      annotation.path("start_index").asInt(), annotation.path("end_index").asInt());
          assertThat(link).contains("](" + annotation.path("url").asText() + ")");
          assertThat(link).contains("utm_source=openai");
        });
  }

  @Test
  void documentsCitesAFile() {
    Reply reply = client.ask("/drill documents");

    assertThat(reply.outline()).contains("response.file_search_call.searching");
    assertThat(reply.events("response.output_text.annotation.added"))
        .singleElement()
        .extracting(event -> event.at("/annotation/filename").asText())
        .isEqualTo("handbook.pdf");
  }

  @Test
  void thinkBeginsTheTextWithABlock() {
    assertThat(client.ask("/drill think").text()).startsWith("<think>\n").contains("</think>\n\n");
  }

  @Test
  void refusalSendsNoOtherText() {
    Reply reply = client.ask("/drill refusal");

    assertThat(reply.deltas("response.refusal.delta"))
        .isNotBlank()
        .isEqualTo(reply.last().at("/response/output/0/content/0/refusal").asText());
    assertThat(reply.outline())
        .contains("response.refusal.done")
        .doesNotContain(DELTA)
        .endsWith("response.completed");
  }

  @ParameterizedTest
  @CsvSource({"incomplete, max_output_tokens", "filter, content_filter"})
  void incompleteAnswersCarryTheirReason(String drill, String reason) {
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

    assertThat(reply.outline()).endsWith(DELTA);
    assertThat(reply.broken()).isTrue();
  }

  @Test
  void eofClosesTheStreamWithoutATerminalEvent() {
    Reply reply = client.ask("/drill eof");

    assertThat(reply.outline()).endsWith(DELTA);
    assertThat(reply.broken()).isFalse();
  }

  @Test
  void lateReportsAnErrorAfterSomeText() {
    Reply reply = client.ask("/drill late");

    assertThat(reply.outline()).endsWith(DELTA, "error");
    assertThat(reply.last().at("/error/code").asText()).isEqualTo("server_error");
  }

  @Test
  void quotaFailsInTwoEventsAfterA200() {
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
  void overloadErrorsCarryRetryAfter(String drill) {
    assertThat(client.ask("/drill " + drill).headers().firstValue("Retry-After")).contains("60");
  }

  @Test
  void htmlIsAWebPageWithStatus200() {
    Reply reply = client.ask("/drill html");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(reply.body()).startsWith("<!doctype html>");
  }

  private static DemoProvider startedWith(Sleeper sleeper) throws IOException {
    return new DemoProvider(0, "key", Clock.systemUTC(), sleeper, new AnswerSelector(null));
  }

  private Duration reasoningTime() {
    return sleeper.sleeps().stream()
        .filter(Duration.ofMillis(100)::equals)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
