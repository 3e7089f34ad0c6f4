package dev.minimalchat.gateway.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCodecTest {

  static List<UpstreamEvent> events() {
    return List.of(
        new UpstreamEvent.Created("resp_1", "model-1"),
        new UpstreamEvent.Restarted("resp_2", "model-2"),
        new UpstreamEvent.TextDelta("\"quoted\" \n 漢字 \ud83d\ude00"),
        new UpstreamEvent.TextDelta("\ud83d"),
        new UpstreamEvent.RefusalDelta("no"),
        new UpstreamEvent.ReasoningSummary(3, "\ud83d"),
        new UpstreamEvent.ReasoningText(0, "Hm"),
        new UpstreamEvent.WebSearch(2, null, null),
        new UpstreamEvent.WebSearch(2, "query", null),
        new UpstreamEvent.WebSearch(3, null, "https://example.com/"),
        new UpstreamEvent.FileSearch(1),
        new UpstreamEvent.Annotation(new Citation.Url("https://example.com/", "Title")),
        new UpstreamEvent.Annotation(new Citation.Url("https://example.com/", null)),
        new UpstreamEvent.Annotation(new Citation.File("a.pdf")),
        new UpstreamEvent.Completed(null),
        new UpstreamEvent.Completed(new Usage(1, 2, 3, 4, 5)),
        new UpstreamEvent.Incomplete("max_output_tokens", null),
        new UpstreamEvent.Incomplete("cancelled", new Usage(1, 0, 2, 0, Long.MAX_VALUE)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsWhatItWrites(UpstreamEvent event) throws Exception {
    AnswerEvents events = new AnswerEvents(7, List.of(event), null, event.isTerminal());

    assertThat(AnswerCodec.decode(7, AnswerCodec.encode(events))).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsAFailureAndWhetherARetryCanSucceed(boolean isRetryable) throws Exception {
    UpstreamFailure failure =
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "secret cause", null, null);
    AnswerEvents events =
        new AnswerEvents(
            3,
            List.of(new UpstreamEvent.TextDelta("a")),
            isRetryable ? failure : failure.asPermanent(),
            true);

    byte[] json = AnswerCodec.encode(events);
    AnswerEvents read = AnswerCodec.decode(3, json);

    assertThat(new String(json, UTF_8)).doesNotContain("secret");
    assertThat(read.last()).isEqualTo(4);
    assertThat(read.isEnd()).isTrue();
    assertThat(read.failure()).returns(ErrorCode.PROVIDER_ERROR, Failure::code);
    assertThat(read.failure()).returns(isRetryable, Failure::retryable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[[\"unknown\"]]",
        "[[\"text\"]]",
        "[[\"text\",1]]",
        "[[\"summary\",\"0\",\"a\"]]",
        "[[\"reasoning\",0]]",
        "[[\"web\",1e99,null,null]]",
        "[[\"web\",0,7,null]]",
        "[[\"file\"]]",
        "[[\"url\",\"javascript:alert(1)\",null]]",
        "[[\"document\",\"\"]]",
        "[[\"created\",\"id\"]]",
        "[[\"incomplete\",\"a reason of its own\"]]",
        "[[\"completed\",1,2,3]]",
        "[[\"completed\",1,2,3,4,1e99]]",
        "[[\"failure\",\"NO_SUCH_CODE\",true]]",
        "[\"text\"]"
      })
  void refusesAnythingElse(String json) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> AnswerCodec.decode(0, json.getBytes(UTF_8)));
  }

  @Test
  void readsNothingFromAnEmptyArray() throws Exception {
    assertThat(AnswerCodec.decode(0, "[]".getBytes(UTF_8)).isEmpty()).isTrue();
  }
}
