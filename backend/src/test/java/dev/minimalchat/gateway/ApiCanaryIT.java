package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/// One word, at every place of a program's request and of the provider's answer to it, never
/// reaches a log or a metric, and none of the provider's errors reaches the program.
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "minimalchat.api.tokens=" + ApiCanaryIT.API_TOKEN,
      "minimalchat.api-limits.rate-per-minute=10000",
      "resilience4j.retry.instances.provider.max-attempts=1",
      "resilience4j.circuitbreaker.instances.provider.minimum-number-of-calls=1000",
      "resilience4j.circuitbreaker.instances.provider.sliding-window-size=1000"
    })
class ApiCanaryIT extends TracedGateway {
  static final String API_TOKEN = "the-token-of-a-program";
  private static final String WORD = "canaryb51e";
  private static final String TOOLS =
      "{'input':'a','stream':true,'include':['reasoning.encrypted_content'],"
          + "'tools':[{'type':'function','name':'f'}]}";

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @MethodSource("accepted")
  void aWordOfAnAcceptedRequestIsNotLogged(String body, CapturedOutput output) throws Exception {
    var answer = post("/v1/responses", body);
    PROVIDER.take().answer("Hello");

    assertThat(answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    awaitNoActiveStreams();
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aWordOfARefusedRequestGoesNowhere(String body, CapturedOutput output) throws Exception {
    for (String path : new String[] {"/v1/responses", "/v1/chat/completions"}) {
      var answer = post(path, body).get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

      assertThat(answer.statusCode()).isBetween(400, 404);
      assertThat(answer.headers().map() + answer.body()).doesNotContain(WORD);
    }
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  @ParameterizedTest
  @MethodSource("events")
  void aWordOfTheProviderIsNotLogged(String event, CapturedOutput output) throws Exception {
    var answer = post("/v1/responses", TOOLS);
    Call call = PROVIDER.take();
    call.openStream();
    call.event(json(event));
    call.complete();
    call.endStream();

    answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    awaitNoActiveStreams();
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  static Stream<String> accepted() {
    return Stream.of(
        "{'input':'WORD','instructions':'WORD','user':'WORD','WORD':1}",
        "{'input':[{'id':'WORD','role':'user','content':[{'type':'text','text':'WORD'}]}]}",
        "{'input':'a','metadata':{'WORD':'WORD'},'stream':true}",
        "{'input':'a','tools':[{'type':'WORD'},{'type':'function','name':'WORD',"
            + "'description':'WORD','parameters':{'WORD':1}}],'tool_choice':'auto'}",
        "{'input':'a','text':{'format':{'type':'json_schema','name':'WORD','schema':{'WORD':1}}}}",
        "{'input':[{'role':'user','content':'a'},{'type':'function_call','call_id':'WORD',"
            + "'name':'WORD','arguments':'WORD'},"
            + "{'type':'function_call_output','call_id':'WORD','output':'WORD'}]}");
  }

  static Stream<String> refused() {
    return Stream.of(
        "{'model':'WORD','input':'a','messages':[{'role':'user','content':'a'}]}",
        "{'input':[{'role':'WORD','content':'a'}]}",
        "{'input':[{'role':'user','content':[{'type':'WORD','WORD':1}]}]}",
        "{'input':[{'type':'WORD'}]}",
        "{'input':[{'type':'item_reference','id':'WORD'}]}",
        "{'input':'a','tools':[{'type':'function','name':'a WORD'}]}",
        "{'input':'a','tool_choice':'WORD'}",
        "{'input':'a','tool_choice':{'type':'WORD','name':'WORD'}}",
        "{'input':'a','max_tokens':'WORD','max_output_tokens':'WORD'}",
        "{'input':WORD}",
        "{'messages':'WORD','input':{'WORD':1}}");
  }

  static Stream<String> events() {
    String added = "{'type':'response.output_item.added','output_index':0,'item':%s}";
    return Stream.of(
        added.formatted("{'type':'WORD'}"),
        added.formatted("{'type':'function_call','call_id':'WORD','name':'WORD'}"),
        added.formatted("{'type':'function_call','call_id':'a WORD','name':'a WORD'}"),
        added.formatted("{'type':'function_call','call_id':'c','name':'f','arguments':'WORD'}"),
        added.formatted("{'type':'function_call','call_id':{'WORD':1},'name':['WORD']}"),
        "{'type':'response.function_call_arguments.delta','item_id':'WORD','delta':{'WORD':1}}",
        "{'type':'response.function_call_arguments.done','arguments':['WORD']}",
        "{'type':'response.output_item.done','item':{'type':'reasoning','summary':'WORD',"
            + "'encrypted_content':'WORD'}}",
        "{'type':'response.output_item.done','item':'WORD'}");
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + API_TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json(body)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  private static String json(String text) {
    return text.replace('\'', '"').replace("WORD", WORD);
  }
}
