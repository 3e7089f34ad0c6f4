package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AnswerOptions.FunctionTool;
import dev.minimalchat.gateway.upstream.AnswerOptions.Tools;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Function calls of servers that repeat arguments in another form, or ids and indices.
class FunctionCallsTest {
  private static final String WHOLE = "{\"a\":1}";
  private static final String END = completed("'output':[]");

  private final Map<String, StringBuilder> calls = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private int done;
  private boolean completed;

  @ParameterizedTest
  @MethodSource("repeated")
  void relaysArgumentsOnceWhateverFormTheyAreRepeatedIn(List<String> events) {
    map(events);

    assertThat(arguments()).containsExactly(WHOLE);
    assertThat(done).isEqualTo(1);
    assertThat(completed).isTrue();
  }

  static Stream<List<String>> repeated() {
    String other = "{\"a\": 1}";
    return Stream.of(
        List.of(added(0, "a", ""), delta(0, WHOLE), whole(0, other), END),
        List.of(added(0, "a", ""), delta(0, WHOLE), itemDone(0, call("a", other)), END),
        List.of(added(0, "a", ""), delta(0, WHOLE), end(call("a", other))),
        List.of(added(0, "a", ""), delta(0, WHOLE), end(call("a", "{}"))),
        List.of(added(0, "a", ""), delta(0, WHOLE), delta(0, WHOLE), END),
        List.of(added(0, "a", ""), delta(0, "{\"a\":"), whole(0, WHOLE), END),
        List.of(added(0, "a", "{}"), delta(0, "{\"a\":"), delta(0, "1}"), END),
        List.of(added(0, "a", "{}"), whole(0, ""), itemDone(0, call("a", WHOLE)), END),
        List.of(added(0, "a", "{}"), end(call("a", WHOLE))),
        List.of(added(0, "a", WHOLE), delta(0, "{\"a\""), delta(0, ":1}"), whole(0, other), END),
        List.of(added(0, "a", "{\"a\""), delta(0, ":1}"), END),
        List.of(added(0, "a", "{\"a\""), delta(0, "{\"a\":1}"), END),
        List.of(added(0, "a", WHOLE), END),
        List.of(added(0, "a", WHOLE), itemDone(0, call("a", "")), END),
        List.of(itemDone(0, call("a", WHOLE)), itemDone(0, call("a", other)), END));
  }

  @Test
  void longArgumentsOfTheBeginningAreRelayedAtOnce() {
    String text = "{\"a\":\"" + "x".repeat(300) + "\"}";

    map(List.of(added(0, "a", text)));

    assertThat(arguments()).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"b\":", "{\"a\" :1"})
  void argumentsThatDoNotContinueARelayedBeginningAreAFailure(String beginning) {
    EventMapper mapper = mapper();
    mapper.map(event(added(0, "a", "")));
    mapper.map(event(delta(0, beginning)));

    assertThatThrownBy(() -> mapper.map(event(whole(0, WHOLE))))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .hasMessage("an event of the answer was broken");
    assertThatThrownBy(() ->
            mapper.map(
                event(
                    end(call("a", WHOLE))
                        .replace(
                            "'output'", "'usage':{'input_tokens':1,'output_tokens':2},'output'"))))
        .isInstanceOfSatisfying(UpstreamFailure.class, it -> assertThat(it.usage()).isNotNull());
  }

  @ParameterizedTest
  @MethodSource("parallel")
  void tellsParallelCallsApart(List<String> events) {
    map(events);

    assertThat(arguments()).containsExactly("{\"x\":1}", "{\"x\":2}");
    assertThat(done).isEqualTo(2);
    assertThat(completed).isTrue();
  }

  static Stream<List<String>> parallel() {
    String one = "{\"x\":1}";
    String two = "{\"x\":2}";
    return Stream.of(
        // The same index.
        List.of(
            added(0, "a", ""),
            delta(0, one),
            itemDone(0, call("a", one)),
            added(0, "b", ""),
            delta(0, two),
            itemDone(0, call("b", two)),
            END),
        List.of(
            added(0, "a", ""),
            added(0, "b", ""),
            delta(0, one),
            delta(0, two),
            end(call("a", one) + "," + call("b", two))),
        List.of(added(0, "a", ""), delta(0, one), added(0, "b", ""), delta(0, two), END),
        List.of(itemDone(0, call("a", one)), itemDone(0, call("b", two)), END),
        List.of(
            added(0, "a", ""),
            added(0, "b", ""),
            itemDelta(0, "fc_b", two),
            itemDelta(0, "fc_a", one),
            END),
        // The same id.
        List.of(itemDone(0, call("a", one)), itemDone(1, call("a", two)), END),
        List.of(
            added(0, "a", ""),
            added(1, "a", ""),
            delta(1, two),
            delta(0, one),
            itemDone(0, call("a", one)),
            itemDone(1, call("a", two)),
            end(call("a", one) + "," + call("a", two))),
        // The same index and no id.
        List.of(
            added(0, "", ""),
            delta(0, one),
            itemDone(0, call("", one)),
            added(0, "", ""),
            delta(0, two),
            itemDone(0, call("", two)),
            end(call("", one) + "," + call("", two))),
        // Another order at the end.
        List.of(added(0, "a", ""), delta(0, one), end(call("a", one) + "," + call("b", two))),
        List.of(added(0, "a", ""), added(1, "b", ""), end(call("b", two) + "," + call("a", one))));
  }

  @Test
  void aCallWhoseIndexChangesIsOneCall() {
    map(List.of(added(0, "a", ""), delta(0, WHOLE), itemDone(2, call("a", WHOLE)), END));

    assertThat(arguments()).containsExactly(WHOLE);
  }

  @Test
  void aDeltaThatCouldBelongToTwoCallsHasToComeAgain() {
    EventMapper mapper = mapper();
    mapper.map(event(added(0, "a", "")));
    mapper.map(event(added(0, "b", "")));
    mapper.map(event(delta(0, WHOLE)));

    assertThatThrownBy(() -> mapper.map(event(END))).has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"create_event<|channel|>analysis", "no such tool", "f(x)", "a,b"})
  void relaysACallOfAFunctionThatDoesNotExist(String name) {
    map(List.of(added(0, "a", WHOLE).replace("'name':'f'", "'name':'" + name + "'"), END));

    assertThat(names).containsExactly(name);
    assertThat(completed).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Wetter-für-Köln", "' '", "''", API_KEY, "x-sk-a-key-of-the-provider-x"})
  void aCallThatCannotBeRelayedIsAFailureAndNoEmptyAnswer(String name) {
    String item = call("a", WHOLE).replace("'name':'f'", "'name':'" + name + "'");

    for (List<String> events :
        List.of(List.of(addedItem(0, item), END), List.of(itemDone(0, item)), List.of(end(item)))) {
      calls.clear();
      assertThatThrownBy(() -> map(events))
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .hasMessageNotContaining(API_KEY);
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void aCallThatWasCutInItsNameIsLeftOut() {
    String item = call("a", "").replace("'name':'f'", "'name':'','status':'incomplete'");

    assertThat(
            mapper()
                .map(
                    event(
                        ProviderJson.incomplete(
                            "'incomplete_details':{'reason':'max_output_tokens'},'output':["
                                + item
                                + "]"))))
        .containsExactly(new Incomplete("max_output_tokens", null));
  }

  @Test
  void aNameMayComeLater() {
    String nameless = call("a", "").replace(",'name':'f'", "");

    map(List.of(addedItem(0, nameless), itemDone(0, call("a", WHOLE)), END));

    assertThat(names).containsExactly("f");
    assertThat(arguments()).containsExactly(WHOLE);
  }

  private void map(List<String> events) {
    EventMapper mapper = mapper();
    List<StringBuilder> byIndex = new ArrayList<>();
    for (String event : events) {
      for (var mapped : mapper.map(event(event))) {
        switch (mapped) {
          case FunctionCall(int index, String callId, String name) -> {
            names.add(name);
            byIndex.add(index, new StringBuilder());
            assertThat(calls.put(callId, byIndex.get(index))).as(callId).isNull();
          }
          case FunctionCallArguments(int index, String delta) -> byIndex.get(index).append(delta);
          case FunctionCallDone _ -> done++;
          case Completed _ -> completed = true;
          default -> {}
        }
      }
    }
  }

  private List<String> arguments() {
    return calls.values().stream().map(StringBuilder::toString).toList();
  }

  private static EventMapper mapper() {
    Tools tools = new Tools(List.of(new FunctionTool("f", null, null, null)), null, null);
    return EventMappers.of(API_KEY, new AnswerOptions(null, null, null, null, tools, null, false));
  }

  /// Quotes inside the arguments are escaped already.
  private static ServerSentEvent event(String json) {
    return new ServerSentEvent(
        "message", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "");
  }

  private static String added(int index, String callId, String arguments) {
    return addedItem(index, call(callId, arguments));
  }

  private static String addedItem(int index, String item) {
    return "{'type':'response.output_item.added','output_index':%d,'item':%s}"
        .formatted(index, item);
  }

  private static String delta(int index, String delta) {
    return "{'type':'response.function_call_arguments.delta','output_index':%d,'delta':'%s'}"
        .formatted(index, escaped(delta));
  }

  private static String itemDelta(int index, String itemId, String delta) {
    return delta(index, delta).replace("'delta':", "'item_id':'" + itemId + "','delta':");
  }

  private static String whole(int index, String arguments) {
    return "{'type':'response.function_call_arguments.done','output_index':%d,'arguments':'%s'}"
        .formatted(index, escaped(arguments));
  }

  private static String end(String items) {
    return completed("'output':[" + items + "]");
  }

  private static String call(String callId, String arguments) {
    return "{'type':'function_call','id':'%s','call_id':'%s','name':'f','arguments':'%s'}"
        .formatted(callId.isEmpty() ? "" : "fc_" + callId, callId, escaped(arguments));
  }

  private static String escaped(String arguments) {
    return arguments.replace("\"", "\\\"");
  }
}
