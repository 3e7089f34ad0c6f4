package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.bytes;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A response in one JSON document, from a server that does not stream.
class EventMapperDocumentTest {
  private final EventMapper mapper = EventMappers.ofText(API_KEY);

  @Test
  void mapsACompletedResponse() {
    assertThat(
            mapper.mapDocument(
                bytes(
                    "{'id':'resp_1','model':'m','status':'completed','output':[%s],'usage':{'input_tokens':1,'output_tokens':2,'total_tokens':3},'error':null}"
                        .formatted(message("Hello")))))
        .containsExactly(
            new Created("resp_1", "m"),
            new TextDelta("Hello"),
            new Completed(new Usage(1, 0, 2, 0, 3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'code':'server_is_overloaded','message':'SECRET'}}",
        "{'status':'failed','output':[],'error':{'code':'server_is_overloaded'}}"
      })
  void throwsTheErrorOfTheDocument(String json) {
    assertThatThrownBy(() -> mapper.mapDocument(bytes(json)))
        .has(Failures.code(ErrorCode.OVERLOADED))
        .hasMessageNotContaining("SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "7", "{}", "{'choices':[{'text':'SECRET'}]}"})
  void throwsProviderErrorForADocumentThatIsNotAResponse(String json) {
    assertThatThrownBy(() -> mapper.mapDocument(bytes(json)))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .hasMessageNotContaining("SECRET");
  }
}
