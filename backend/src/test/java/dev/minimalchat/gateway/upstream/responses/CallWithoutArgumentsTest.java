package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.incomplete;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AnswerOptions.FunctionTool;
import dev.minimalchat.gateway.upstream.AnswerOptions.Tools;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls of functions without parameters, for which some servers send no arguments.
class CallWithoutArgumentsTest {
  private static final String CALL =
      "{'type':'function_call','id':'fc_a','call_id':'a','name':'f','arguments':''}";
  private static final String WITHOUT_THE_FIELD = CALL.replace(",'arguments':''", "");
  private static final String ADDED =
      "{'type':'response.output_item.added','output_index':0,'item':" + CALL + "}";
  private static final String DONE =
      "{'type':'response.function_call_arguments.done','output_index':0,'arguments':''}";
  private static final String END = completed("'output':[]");

  @ParameterizedTest
  @MethodSource("complete")
  void aCompleteCallHasAnEmptyObject(List<String> events) {
    assertThat(map(events))
        .containsExactly(
            new FunctionCall(0, "a", "f"),
            new FunctionCallArguments(0, "{}"),
            new FunctionCallDone(0),
            new Completed(null));
  }

  static Stream<List<String>> complete() {
    return Stream.of(
        List.of(ADDED, DONE, itemDone(0, CALL), END),
        List.of(ADDED, itemDone(0, WITHOUT_THE_FIELD), completed("'output':[" + CALL + "]")),
        List.of(ADDED, END),
        List.of(itemDone(0, CALL), END),
        List.of(completed("'output':[" + CALL + "]")));
  }

  @ParameterizedTest
  @MethodSource("cut")
  void aCallThatWasCutStaysWithoutArguments(List<String> events) {
    assertThat(map(events))
        .containsExactly(new FunctionCall(0, "a", "f"), new Incomplete("max_output_tokens", null));
  }

  static Stream<List<String>> cut() {
    String item = CALL.replace("'name'", "'status':'incomplete','name'");
    return Stream.of(
        List.of(ADDED, cutWith("")),
        List.of(ADDED, cutWith(item)),
        List.of(ADDED, cutWith(CALL)),
        List.of(ADDED, itemDone(0, item), cutWith(item)));
  }

  private static String cutWith(String items) {
    return incomplete(
        "'incomplete_details':{'reason':'max_output_tokens'},'output':[" + items + "]");
  }

  private static List<UpstreamEvent> map(List<String> events) {
    Tools tools = new Tools(List.of(new FunctionTool("f", null, null, null)), null, null);
    EventMapper mapper =
        EventMappers.of(API_KEY, new AnswerOptions(null, null, null, null, tools, null, false));
    return events.stream()
        .flatMap(json -> mapper.map(event(json)).stream())
        .filter(it -> !(it instanceof InProgress))
        .toList();
  }
}
