package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.created;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `response.created`, with the id and the model.
class EventMapperCreatedTest {
  private final EventMapper mapper = EventMappers.ofText(API_KEY);

  @Test
  void mapsTheIdAndTheModel() {
    assertThat(
            mapper.map(
                event(
                    "{'type':'response.created','response':{'id':'resp_1','model':'gpt-x-2026'}}")))
        .containsExactly(new Created("resp_1", "gpt-x-2026"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'response':null",
        ",'response':{}",
        ",'response':{'id':null,'model':null}",
        ",'response':{'id':{},'model':[]}"
      })
  void mapsAMissingIdAndModelToNull(String response) {
    assertThat(mapper.map(event("{'type':'response.created'%s}".formatted(response))))
        .containsExactly(new Created(null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a sentence", "a\\nb", "a\\r\\ndata: x", "a\\u0000", "<b>", "é", ""})
  void dropsNamesWithUnsafeCharacters(String name) {
    assertThat(mapper.map(event(created(name, name)))).containsExactly(new Created(null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai/gpt-oss-20b", "qwen2.5:0.5b@q4", "model+", "gen-17_y"})
  void keepsCommonModelNames(String name) {
    assertThat(mapper.map(event(created("resp_1", name))))
        .containsExactly(new Created("resp_1", name));
  }

  @Test
  void dropsANameLongerThan200Characters() {
    assertThat(mapper.map(event(created("resp_1", "x".repeat(201)))))
        .containsExactly(new Created("resp_1", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {API_KEY, "resp_" + API_KEY})
  void dropsANameThatHasTheApiKey(String name) {
    assertThat(mapper.map(event(created(name, name)))).containsExactly(new Created(null, null));
  }

  @Test
  void dropsANameThatIsAShortApiKeyButKeepsOneThatContainsIt() {
    assertThat(EventMappers.ofText("none").map(event(created("none", "nonesuch"))))
        .containsExactly(new Created(null, "nonesuch"));
  }
}
