package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.minimalchat.gateway.upstream.UpstreamEvent.Reasoning;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Function calls and reasoning: each is relayed once, wherever a server sends it.
class EventMapperItemsTest {
  private static final String ADDED =
      "{'type':'response.output_item.added','output_index':1,'item':%s}";
  private static final String DELTA =
      "{'type':'response.function_call_arguments.delta',%s'delta':'%s'}";
  private static final String DONE =
      "{'type':'response.function_call_arguments.done','output_index':1,'arguments':'{1}'}";

  private final EventMapper mapper = EventMappers.of(API_KEY, withTools());

  @ParameterizedTest
  @MethodSource("servers")
  void relaysACallOnceWhateverTheServerRepeats(List<String> events) {
    List<UpstreamEvent> relayed =
        map(events).stream().filter(event -> !(event instanceof InProgress)).toList();

    assertThat(relayed)
        .startsWith(new FunctionCall(0, "call_a", "f"))
        .endsWith(new FunctionCallDone(0), new Completed(null));
    assertThat(arguments(relayed, 0)).isEqualTo("{1}");
  }

  @Test
  void aBrokenEventDuringACallIsAFailureBeforeTheCallIsComplete() {
    map(List.of(ADDED.formatted(call("call_a", "")), DELTA.formatted("'output_index':1,", "{")));

    assertThatThrownBy(() -> mapper.map(event("{'type':'response.function_call_arguments.de")))
        .hasMessage("an event of the answer was broken");
  }

  static Stream<List<String>> servers() {
    String whole = completed("'output':[" + call("call_a", "{1}") + "]");
    String other = completed("'output':[" + call("call_z", "{1}") + "]");
    return Stream.of(
        List.of(
            ADDED.formatted(call("call_a", "")),
            DELTA.formatted("'output_index':1,", "{"),
            DELTA.formatted("'output_index':1,", "1}"),
            DONE,
            itemDone(1, call("call_a", "{1}")),
            whole),
        List.of(
            ADDED.formatted(call("call_a", "")),
            DELTA.formatted("'item_id':'fc_1',", "{1}"),
            whole),
        List.of(ADDED.formatted(call("call_a", "")), DELTA.formatted("", "{1}"), other),
        List.of(ADDED.formatted(call("call_a", "")), DONE, completed("'output':[]")),
        List.of(ADDED.formatted(call("call_a", "{1}")), whole),
        List.of(itemDone(1, call("call_a", "{1}")), whole),
        List.of(DELTA.formatted("'output_index':1,", "{"), whole),
        List.of(whole));
  }

  @Test
  void relaysParallelCallsWithTheirOwnArguments() {
    List<UpstreamEvent> events =
        map(
            List.of(
                ADDED.formatted(call("call_a", "")),
                ADDED.replace("1,", "2,").formatted(call("call_b", "")),
                DELTA.formatted("'output_index':2,", "{2}"),
                DELTA.formatted("'output_index':1,", "{1}"),
                completed("'output':[]")));

    assertThat(events)
        .contains(new FunctionCall(0, "call_a", "f"), new FunctionCall(1, "call_b", "f"));
    assertThat(arguments(events, 0)).isEqualTo("{1}");
    assertThat(arguments(events, 1)).isEqualTo("{2}");
  }

  @Test
  void aCallThatWasCutIsNotDone() {
    List<UpstreamEvent> events =
        map(
            List.of(
                ADDED.formatted(call("call_a", "")),
                DELTA.formatted("", "{"),
                ProviderJson.incomplete(
                    "'incomplete_details':{'reason':'max_output_tokens'},'output':["
                        + call("call_a", "{")
                            .replace("'arguments'", "'status':'incomplete','arguments'")
                        + "]")));

    assertThat(events)
        .endsWith(new Incomplete("max_output_tokens", null))
        .doesNotContain(new FunctionCallDone(0));
  }

  @Test
  void relaysEachReasoningOnceAndOnlyIfItIsEncrypted() {
    List<UpstreamEvent> events =
        map(
            List.of(
                itemDone(0, "{'type':'reasoning','summary':[],'encrypted_content':'opaque'}"),
                itemDone(1, "{'type':'reasoning','summary':[{'text':'canary'}]}"),
                completed(
                    "'output':[{'type':'reasoning','encrypted_content':'opaque'},"
                        + ProviderJson.message("Hi")
                        + "]")));

    assertThat(events)
        .filteredOn(Reasoning.class::isInstance)
        .containsExactly(new Reasoning("opaque"));
    assertThat(events.toString()).doesNotContain("canary");
  }

  @Test
  void reasoningAloneIsNoOutput() {
    assertThat(
            map(List.of(completed("'output':[{'type':'reasoning','encrypted_content':'opaque'}]"))))
        .containsExactly(new Reasoning("opaque"), new Incomplete("no_output", null));
  }

  @Test
  void withoutToolsThereIsNoCallWhateverTheProviderSends() {
    EventMapper plain = EventMappers.ofText(API_KEY);

    assertThat(plain.map(event(ADDED.formatted(call("call_a", "{1}")))))
        .containsExactly(new InProgress());
    assertThat(plain.map(event(completed("'output':[" + call("call_a", "{1}") + "]"))))
        .containsExactly(new Incomplete("no_output", null));
  }

  @Test
  void neverPassesOnTheKeyAsAName() {
    List<UpstreamEvent> events =
        map(List.of(ADDED.formatted(call(API_KEY, "{1}")), completed("'output':[]")));

    assertThat(events.toString()).doesNotContain(API_KEY).contains("callId=call_");
  }

  @Test
  void keepsACallIdWithASignature() {
    String callId = "call_1__thought__" + "Eo8CCowC+/=".repeat(300);

    assertThat(map(List.of(ADDED.formatted(call(callId, "{1}")))))
        .contains(new FunctionCall(0, callId, "f"));
  }

  @Test
  void callsWithoutAnIdHaveOthersInEachAnswer() {
    String added = ADDED.formatted(call("", "{1}"));
    List<UpstreamEvent> one = EventMappers.of(API_KEY, withTools()).map(event(added));
    List<UpstreamEvent> other = EventMappers.of(API_KEY, withTools()).map(event(added));

    assertThat(((FunctionCall) one.getFirst()).callId())
        .isNotBlank()
        .isNotEqualTo(((FunctionCall) other.getFirst()).callId());
  }

  private List<UpstreamEvent> map(List<String> events) {
    return events.stream().flatMap(json -> mapper.map(event(json)).stream()).toList();
  }

  private static String arguments(List<UpstreamEvent> events, int call) {
    StringBuilder arguments = new StringBuilder();
    events.forEach(event -> {
      if (event instanceof FunctionCallArguments(int index, String delta) && index == call) {
        arguments.append(delta);
      }
    });
    return arguments.toString();
  }

  private static String call(String callId, String arguments) {
    return "{'type':'function_call','id':'fc_1','call_id':'%s','name':'f','arguments':'%s'}"
        .formatted(callId, arguments);
  }

  private static AnswerOptions withTools() {
    Tools tools = new Tools(List.of(new FunctionTool("f", null, null, null)), null, null);
    return new AnswerOptions(null, null, null, null, tools, null, true);
  }
}
