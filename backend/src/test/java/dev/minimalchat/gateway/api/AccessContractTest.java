package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.CHAT;
import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.usage.UsageLines;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/// Which token opens which route, what the browser of another page may do, and the list of models.
@ApiContractTest
class AccessContractTest {
  private static final String QUESTION = "{'model':'small','input':'Hi','messages':[]}";

  @Autowired Program program;
  @Autowired MockMvcTester mvc;
  @Autowired MeterRegistry meters;
  @Autowired @AutoClose FakeUpstream upstream;
  @AutoClose private final UsageLines log = new UsageLines();

  @ParameterizedTest
  @ValueSource(strings = {RESPONSES, CHAT, "/v1/responses/resp_1", "/v1/responses/compact"})
  void theTokenOfThePageOpensNoRouteOfPrograms(String path) {
    MockHttpServletResponse response =
        program.send(
            withToken(
                mvc.post()
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(QUESTION.replace('\'', '"')),
                ApiContractTest.PAGE_TOKEN));

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(body(response).at("/error/type").asText()).isEqualTo("authentication_error");
    assertThat(body(response).at("/error/param").textValue()).isEmpty();
  }

  @Test
  void aTokenOfAProgramDoesNotOpenTheChatOfThePage() {
    MockHttpServletResponse response = program.post("/v1/chat", "{'messages':[]}");

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(body(response).get("error").has("type")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/responses/compact", "/v1/responses/resp_1/cancel"})
  void whatIsNotBuiltIsNotFound(String path) {
    assertThat(program.post(path, QUESTION).getStatus()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/embeddings", "/v1/completions", "/v1/v1/chat/completions", "/v1/x"})
  void anotherRouteOfOpenAiIsNotFoundInItsShape(String path) {
    MockHttpServletResponse response = program.post(path, QUESTION);

    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(body(response).at("/error/code").asText()).isEqualTo("not_found");
    assertThat(body(response).at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(body(response).at("/error/param").asText("missing")).isEmpty();
    assertThat(program.send(withToken(mvc.get().uri(path), "wrong")).getStatus()).isEqualTo(401);
  }

  @Test
  void theListOfModelsCanHaveASlashAtItsEnd() {
    JsonNode list = body(program.send(program.get("/v1/models/", ApiContractTest.TOKEN)));

    assertThat(list.get("data").findValuesAsText("id")).containsExactly("small", "vendor/large");
  }

  @ParameterizedTest
  @ValueSource(strings = {ApiContractTest.TOKEN, ApiContractTest.PAGE_TOKEN})
  void bothKindsOfTokenListTheModels(String token) {
    JsonNode list = body(program.send(program.get("/v1/models", token)));

    assertThat(list.get("object").asText()).isEqualTo("list");
    assertThat(list.get("data").findValuesAsText("id")).containsExactly("small", "vendor/large");
    assertThat(list.at("/data/0/label").asText()).isEqualTo("Fast");
    assertThat(list.at("/data/1").has("label")).isFalse();
    assertThat(list.at("/data/0/object").asText()).isEqualTo("model");
    assertThat(list.at("/data/0/created").asLong()).isPositive();
    assertThat(list.at("/data/0/owned_by").asText()).isEqualTo("minimal-chatbot");
    assertThat(list.at("/data/0/capabilities")).isEqualTo(Program.json("['images','resume']"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "vendor/large"})
  void aModelHasTheIdThatWasAskedFor(String id) {
    JsonNode model = body(program.send(program.get("/v1/models/" + id, ApiContractTest.TOKEN)));

    assertThat(model.get("id").asText()).isEqualTo(id);
  }

  @Test
  void anUnknownModelIsNotFound() {
    MockHttpServletResponse response =
        program.send(program.get("/v1/models/huge", ApiContractTest.TOKEN));

    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(body(response).at("/error/code").asText()).isEqualTo("model_not_found");
    assertThat(body(response).at("/error/param").asText()).isEqualTo("model");
    assertThat(body(response).at("/error/message").asText())
        .isEqualTo("This model is not available. Please choose another.");
  }

  @Test
  void modelsNeedAToken() {
    assertThat(program.send(mvc.get().uri("/v1/models")).getStatus()).isEqualTo(401);
    assertThat(program.send(withToken(mvc.get().uri("/v1/models"), "wrong")).getStatus())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/responses, true",
    "/v1/chat/completions, true",
    "/v1/models, true",
    "/v1/chat, false"
  })
  void onlyRoutesOfProgramsAllowTheHeadersOfSdks(String path, boolean allowed) {
    MockHttpServletResponse response = program.send(program.preflight(path));

    assertThat(response.getStatus()).isEqualTo(204);
    String headers = response.getHeader("Access-Control-Allow-Headers");
    assertThat(headers).contains("Authorization", "Content-Type", "X-Request-Id");
    for (String header :
        new String[] {
          "X-Stainless-Lang",
          "X-Stainless-Package-Version",
          "X-Stainless-OS",
          "X-Stainless-Arch",
          "X-Stainless-Runtime",
          "X-Stainless-Runtime-Version",
          "X-Stainless-Retry-Count",
          "X-Stainless-Helper-Method",
          "X-Stainless-Timeout",
          "HTTP-Referer",
          "X-Title"
        }) {
      assertThat(headers != null && headers.contains(header)).as(header).isEqualTo(allowed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/responses, POST /v1/responses",
    "/v1/chat/completions, POST /v1/chat/completions"
  })
  void theUsageLineHasTheNameOfTheTokenAndTheModel(String path, String route) {
    upstream.emits(new TextDelta("a"), new Completed(null));
    String json =
        "{'model':'vendor/large','input':'Hi','messages':[{'role':'user','content':'Hi'}]}";

    assertThat(program.post(path, json).getStatus()).isEqualTo(200);
    upstream.close();

    assertThat(log.lines())
        .singleElement()
        .satisfies(line -> {
          assertThat(line).containsEntry("route", route);
          assertThat(line).containsEntry("token_name", "laptop");
          assertThat(line).containsEntry("requested_model", "vendor/large");
          assertThat(line.toString()).doesNotContain(ApiContractTest.TOKEN);
        });
    assertThat(
            meters
                .get("gen_ai.client.operation.duration")
                .tags("token_name", "laptop", "gen_ai.request.model", "vendor/large")
                .timer()
                .count())
        .isPositive();
  }

  @Test
  void theConcurrentAnswersOfOneTokenAreLimited() {
    upstream.emits(new TextDelta("a"));
    for (int i = 0; i < ApiContractTest.MAX_STREAMS; i++) {
      program.start(RESPONSES, "{'input':'Hi','stream':true}");
    }

    MockHttpServletResponse response = program.post(RESPONSES, "{'input':'Hi'}");

    assertThat(response.getStatus()).isEqualTo(429);
    assertThat(response.getHeader("Retry-After")).isNotNull();
    assertThat(body(response).at("/error/type").asText()).isEqualTo("rate_limit_error");
  }
}
