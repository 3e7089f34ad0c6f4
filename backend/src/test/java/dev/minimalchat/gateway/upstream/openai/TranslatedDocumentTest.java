package dev.minimalchat.gateway.upstream.openai;

import static dev.minimalchat.gateway.upstream.openai.ProviderJson.bytes;
import static dev.minimalchat.gateway.upstream.openai.ProviderJson.message;
import static dev.minimalchat.gateway.upstream.openai.ProviderJson.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.Failures;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Started;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole answer from a server that does not stream.
class TranslatedDocumentTest {
  private final Translation translation = new Translation();

  @Test
  void isAWholeAnswer() {
    assertThat(
            translation.ofDocument(
                bytes(
                    "{'id':'resp_1','model':'m','status':'completed','output':[%s],'usage':{'input_tokens':1,'output_tokens':2,'total_tokens':3},'error':null}"
                        .formatted(message("Hello")))))
        .containsExactly(
            new Started("resp_1", "m"),
            new TextDelta("Hello"),
            new Completed(new Usage(1, 0, 2, 0, 3)));
  }

  @Test
  void mayBeCutShort() {
    assertThat(
            translation.ofDocument(
                bytes(
                    "{'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'},'output':[]}")))
        .containsExactly(new Started(null, null), new Incomplete("max_output_tokens", null));
  }

  @Test
  void mayBeARefusal() {
    assertThat(translation.ofDocument(bytes("{'output':[%s]}".formatted(refusal("No")))))
        .containsExactly(new Started(null, null), new RefusalDelta("No"), new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'code':'server_is_overloaded','message':'SECRET'}}",
        "{'status':'failed','output':[],'error':{'code':'server_is_overloaded'}}"
      })
  void mayBeAFailure(String json) {
    assertThatThrownBy(() -> translation.ofDocument(bytes(json)))
        .has(Failures.code(ErrorCode.OVERLOADED))
        .hasMessageNotContaining("SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "7", "{}", "{'choices':[{'text':'SECRET'}]}"})
  void isAFailureWhereItIsNoAnswer(String json) {
    assertThatThrownBy(() -> translation.ofDocument(bytes(json)))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .hasMessageNotContaining("SECRET");
  }
}
