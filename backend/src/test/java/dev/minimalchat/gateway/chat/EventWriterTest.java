package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWriterTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final RecordingEmitter emitter = new RecordingEmitter();
  private final EventWriter writer = new EventWriter(emitter, JSON, "resp_r-1", "model");

  @Test
  void writesCreatedBeforeTheFirstEvent() throws Exception {
    assertThat(written(new TextDelta("Hi")))
        .isEqualTo(
            """
            id: 0
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_r-1",\
            "object":"response","status":"in_progress","model":"model"}}

            id: 1
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":1,"delta":"Hi"}

            """);
  }

  @Test
  void messagesAreParagraphsOfOneText() throws Exception {
    assertThat(
            written(
                    new UpstreamEvent.MessageStart("commentary", true),
                    new TextDelta("a"),
                    new UpstreamEvent.MessageStart("final_answer", false),
                    new TextDelta("b"))
                .lines()
                .filter(line -> line.startsWith("data: "))
                .skip(1))
        .containsExactly(
            "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":1,\"delta\":\"a\"}",
            "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":2,\"delta\":\"\\n\\n\"}",
            "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":3,\"delta\":\"b\"}");
  }

  @Test
  void writesTheWorkOfTheModel() throws Exception {
    assertThat(
            written(
                    new UpstreamEvent.ReasoningSummary(1, "a"),
                    new UpstreamEvent.ReasoningText(0, "b"),
                    new UpstreamEvent.WebSearch(2, null, null),
                    new UpstreamEvent.WebSearch(2, "q", null),
                    new UpstreamEvent.WebSearch(3, null, "https://example.com/"),
                    new UpstreamEvent.FileSearch(4),
                    new UpstreamEvent.Annotation(new Citation.Url("https://example.com/", "Title")),
                    new UpstreamEvent.Annotation(new Citation.Url("https://example.com/", null)),
                    new UpstreamEvent.Annotation(new Citation.File("a.pdf")))
                .lines()
                .filter(line -> line.startsWith("data: "))
                .skip(1))
        .containsExactly(
            "data: {\"type\":\"response.reasoning_summary_text.delta\",\"sequence_number\":1,\"summary_index\":1,\"delta\":\"a\"}",
            "data: {\"type\":\"response.reasoning_text.delta\",\"sequence_number\":2,\"content_index\":0,\"delta\":\"b\"}",
            "data: {\"type\":\"response.web_search_call.searching\",\"sequence_number\":3,\"output_index\":2}",
            "data: {\"type\":\"response.web_search_call.searching\",\"sequence_number\":4,\"output_index\":2,\"query\":\"q\"}",
            "data: {\"type\":\"response.web_search_call.searching\",\"sequence_number\":5,\"output_index\":3,\"url\":\"https://example.com/\"}",
            "data: {\"type\":\"response.file_search_call.searching\",\"sequence_number\":6,\"output_index\":4}",
            "data: {\"type\":\"response.output_text.annotation.added\",\"sequence_number\":7,\"annotation\":{\"type\":\"url_citation\",\"url\":\"https://example.com/\",\"title\":\"Title\"}}",
            "data: {\"type\":\"response.output_text.annotation.added\",\"sequence_number\":8,\"annotation\":{\"type\":\"url_citation\",\"url\":\"https://example.com/\"}}",
            "data: {\"type\":\"response.output_text.annotation.added\",\"sequence_number\":9,\"annotation\":{\"type\":\"file_citation\",\"filename\":\"a.pdf\"}}");
  }

  @Test
  void writesOnlyTheFirstOfTwoLastEvents() throws Exception {
    String written = written(new Completed(null), new Incomplete("other", null));

    assertThat(written).contains("response.completed").doesNotContain("response.incomplete");
  }

  @Test
  void writesNothingOfAnEventThatFails() throws Exception {
    AtomicBoolean outOfMemory = new AtomicBoolean();
    JsonMapper failing =
        new JsonMapper() {
          @Override
          public JsonGenerator createGenerator(OutputStream out) throws IOException {
            if (outOfMemory.get()) {
              throw new OutOfMemoryError("thrown by the test");
            }
            return super.createGenerator(out);
          }
        };
    EventWriter writer = new EventWriter(emitter, failing, "resp_r-1", "model");
    writer.write(new TextDelta("a"));
    outOfMemory.set(true);
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> writer.write(new TextDelta("b")));
    outOfMemory.set(false);
    writer.write(new Completed(null));
    writer.commit();
    writer.flush();

    assertThat(emitter.nextChunk())
        .containsOnlyOnce("id: 2\nevent: response.completed\n")
        .contains("\"delta\":\"a\"}\n\nid: 2");
  }

  @Test
  void writesCreatedOnlyOnce() throws Exception {
    String written = written(new Created("a", "b"), new TextDelta("Hi"), new Created("c", "d"));

    assertThat(events(written))
        .extracting(event -> event.path("type").asText())
        .containsExactly("response.created", "response.output_text.delta");
  }

  @Test
  void usesTheProvidersResponseIdAndModel() throws Exception {
    assertThat(events(written(new Created("resp_p", "model-2025"), new Completed(null))))
        .extracting(
            event -> event.at("/response/id").asText() + event.at("/response/model").asText())
        .containsExactly("resp_pmodel-2025", "resp_pmodel-2025");
  }

  @Test
  void writesThatAnAnswerBeginsAgainWithAnotherModel() throws Exception {
    List<JsonNode> events =
        events(
            written(
                new Created("r1", "m1"),
                new TextDelta("a"),
                new UpstreamEvent.Restarted("r2", "m2"),
                new TextDelta("b"),
                new Completed(null)));

    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "response.created",
            "response.output_text.delta",
            "response.restarted",
            "response.output_text.delta",
            "response.completed");
    assertThat(events.get(2).path("sequence_number").asInt()).isEqualTo(2);
    assertThat(events.get(2).path("response"))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":"r2","object":"response","status":"in_progress","model":"m2"}
                """));
    assertThat(events.get(4).path("response").path("model").asText()).isEqualTo("m2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void announcesInTheFirstEventAloneWhetherTheAnswerCanBeResumed(boolean isResumable)
      throws Exception {
    EventWriter resumable = new EventWriter(emitter, JSON, "resp_r-1", "model", isResumable);
    resumable.write(new TextDelta("a"));
    resumable.write(new UpstreamEvent.Restarted("r2", "m2"));
    resumable.write(new Completed(null));
    resumable.commit();
    resumable.flush();

    List<JsonNode> events = events(emitter.nextChunk());
    assertThat(events.getFirst().at("/response/resumable").asBoolean()).isEqualTo(isResumable);
    assertThat(events.subList(1, events.size()))
        .noneMatch(event -> event.toString().contains("resumable"));
  }

  @Test
  void continuesAtAnyEvent() throws Exception {
    writer.continueAt(7, "r1", "m1");

    List<JsonNode> events = events(written(new TextDelta("a"), new Completed(null)));

    assertThat(events).hasSize(2);
    assertThat(events.get(0).path("sequence_number").asInt()).isEqualTo(7);
    assertThat(events.get(1).at("/response/id").asText()).isEqualTo("r1");
    assertThat(events.get(1).at("/response/model").asText()).isEqualTo("m1");
  }

  @Test
  void numbersEventsConsecutively() throws Exception {
    String written =
        written(
            new Created(null, null),
            new TextDelta("a"),
            new Created(null, null),
            new TextDelta("b"));

    assertThat(events(written))
        .extracting(event -> event.path("sequence_number").asInt())
        .containsExactly(0, 1, 2);
    assertThat(written.lines().filter(line -> line.startsWith("id: ")))
        .containsExactly("id: 0", "id: 1", "id: 2");
  }

  @Test
  void writesUsageInTheFormatOfTheResponsesApi() throws Exception {
    JsonNode last = events(written(new Completed(new Usage(13, 4, 7, 2, 20)))).getLast();

    assertThat(last.at("/response/usage").toString())
        .isEqualTo(
            "{\"input_tokens\":13,\"input_tokens_details\":{\"cached_tokens\":4},"
                + "\"output_tokens\":7,\"output_tokens_details\":{\"reasoning_tokens\":2},"
                + "\"total_tokens\":20}");
  }

  @Test
  void omitsUsageTheProviderDoesNotReport() throws Exception {
    JsonNode last = events(written(new Completed(null))).getLast();

    assertThat(last.path("response").has("usage")).isFalse();
  }

  @Test
  void writesTheReasonOfAnIncompleteAnswer() throws Exception {
    JsonNode last = events(written(new Incomplete("max_output_tokens", null))).getLast();

    assertThat(last.path("type").asText()).isEqualTo("response.incomplete");
    assertThat(last.at("/response/status").asText()).isEqualTo("incomplete");
    assertThat(last.at("/response/incomplete_details/reason").asText())
        .isEqualTo("max_output_tokens");
  }

  @Test
  void writesARefusal() throws Exception {
    JsonNode last = events(written(new RefusalDelta("I can't."))).getLast();

    assertThat(last.toString())
        .isEqualTo(
            "{\"type\":\"response.refusal.delta\",\"sequence_number\":1,\"delta\":\"I can't.\"}");
  }

  @Test
  void writesAnErrorInTheFormatOfHttpErrors() throws Exception {
    Failure timeout = new Failure(ErrorCode.TIMEOUT, "the cause for the log");

    assertThat(events(writtenError(timeout)).getLast().toString())
        .isEqualTo(
            "{\"type\":\"error\",\"sequence_number\":1,\"error\":{\"code\":\"timeout\","
                + "\"message\":\"The model is taking too long—please try again.\",\"retryable\":true,\"request_id\":\"r-1\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"quoted\" \\ and </script>",
        "one\ntwo\r\nthree\rfour\n\n",
        "\n",
        "data: no\n\nevent: no",
        "👋🏽 Grüße 你好",
        "a\u2028b\u2029c\u0085d",
        "a\0b\u0001\u001f\u007f",
        "\uFEFFa",
        "a\uFFFFb",
        "half an emoji: \uD83D",
        "\uDC4B the other half"
      })
  void preservesTextExactly(String text) throws Exception {
    String written = written(new TextDelta(text));

    assertThat(written.split("\n\n", -1)).as("two events and an end").hasSize(3);
    assertThat(events(written).getLast().path("delta").asText()).isEqualTo(text);
  }

  private String written(UpstreamEvent... events) throws InterruptedException {
    writer.commit();
    for (UpstreamEvent event : events) {
      writer.write(event);
    }
    writer.flush();
    return emitter.nextChunk();
  }

  private String writtenError(Failure failure) throws InterruptedException {
    writer.commit();
    writer.fail(failure, new RequestId("r-1"));
    writer.flush();
    return emitter.nextChunk();
  }

  static List<JsonNode> events(String written) throws Exception {
    List<String> data =
        written.lines().filter(line -> line.startsWith("data: ")).map(l -> l.substring(6)).toList();
    return JSON.readerFor(JsonNode.class).<JsonNode>readValues(String.join("\n", data)).readAll();
  }
}
