package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.CHAT;
import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.events;
import static dev.minimalchat.gateway.api.Program.json;
import static dev.minimalchat.gateway.api.Program.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.Usage;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The usage of chat completions whose provider reports none.
@ApiContractTest
class EstimatedUsageContractTest {
  private static final String MESSAGES = "'messages':[{'role':'user','content':'12345678'}]";
  private static final String STREAM = "'stream':true,";
  private static final String WITH_USAGE = "'stream_options':{'include_usage':true}," + STREAM;
  private static final String ESTIMATE =
      """
      {'prompt_tokens':4,'completion_tokens':2,'total_tokens':6,
       'prompt_tokens_details':{'cached_tokens':0},
       'completion_tokens_details':{'reasoning_tokens':0}}
      """;

  @Autowired Program program;
  @Autowired @AutoClose FakeUpstream upstream;

  @Test
  void usageThatTheProviderDoesNotReportIsEstimated() {
    upstream.emits(new TextDelta("1234"), new Completed(null));

    assertEstimated("");
  }

  @Test
  void soIsThatOfAnAnswerThatWasCut() {
    upstream.emits(new TextDelta("1234"), new Incomplete("max_output_tokens", null));

    assertEstimated("");
  }

  @Test
  void soIsThatOfAnAnswerThatEndedAtAStopSequence() {
    upstream.emits(
        new TextDelta("1234STOP"), new TextDelta("5678"), new Completed(new Usage(9, 0, 9, 0, 18)));

    assertEstimated("'stop':'STOP',");
  }

  private void assertEstimated(String fields) {
    List<JsonNode> chunks = events(program.post(CHAT, "{" + fields + WITH_USAGE + MESSAGES + "}"));
    JsonNode whole = body(program.post(CHAT, "{" + fields + MESSAGES + "}"));

    assertThat(chunks.getLast().get("choices")).isEmpty();
    assertThat(chunks.getLast().get("usage")).isEqualTo(json(ESTIMATE));
    assertThat(whole.get("usage")).isEqualTo(json(ESTIMATE));
  }

  @Test
  void onlyTheAttemptThatAnswersIsEstimated() {
    upstream.emits(
        new Attempt(null, null),
        new TextDelta("lost in a restart"),
        new Attempt(null, null),
        new TextDelta("1234"),
        new Completed(null));

    assertThat(body(program.post(CHAT, "{" + MESSAGES + "}")).at("/usage/total_tokens").asInt())
        .isEqualTo(6);
  }

  @Test
  void aStreamHasNoneUnlessItIsAskedFor() {
    upstream.emits(new TextDelta("1234"), new Completed(null));

    assertThat(text(program.post(CHAT, "{" + STREAM + MESSAGES + "}"))).doesNotContain("usage");
  }

  @Test
  void aResponseHasNone() {
    upstream.emits(new TextDelta("1234"), new Completed(null));

    assertThat(body(program.post(RESPONSES, "{'input':'Hi'}")).get("usage").isNull()).isTrue();
    assertThat(
            events(program.post(RESPONSES, "{'input':'Hi','stream':true}"))
                .getLast()
                .at("/response/usage")
                .isNull())
        .isTrue();
  }
}
