package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Reasoning;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Maps each row of [AnswerTable] and [IndexTable].
class AnswerTableTest {
  private static final String PACKAGE = "dev.minimalchat.gateway.upstream.responses.";
  private static final String ROWS = PACKAGE + "AnswerTable#";

  @ParameterizedTest(name = "{0}")
  @MethodSource({ROWS + "texts", PACKAGE + "IndexTable#texts", ROWS + "ends", ROWS + "documents"})
  void relaysEachTextOnceAndDecidesHowTheAnswerEnds(
      String name, List<String> events, String relayed, String end) {
    EventMapper mapper = EventMappers.ofText(API_KEY);
    List<UpstreamEvent> mapped = new ArrayList<>();
    String actualEnd = "none";
    try {
      for (String json : events) {
        boolean isDocument = !json.startsWith("{'type':'");
        mapped.addAll(
            isDocument ? mapper.mapDocument(ProviderJson.bytes(json)) : mapper.map(event(json)));
      }
      actualEnd = end(mapped.getLast());
    } catch (Failure failure) {
      actualEnd = "failure";
    }

    assertThat(mapped.stream().map(AnswerTableTest::text).collect(joining())).isEqualTo(relayed);
    assertThat(actualEnd).isEqualTo(end);
  }

  private static String text(UpstreamEvent event) {
    return switch (event) {
      case TextDelta(String text) -> text;
      case RefusalDelta(String text) -> "<" + text + ">";
      case UpstreamEvent.MessageStart(_, boolean isFirst) -> isFirst ? "" : "|";
      case UpstreamEvent.Attempt _,
          Created _,
          UpstreamEvent.Restarted _,
          UpstreamEvent.KeepAlive _,
          InProgress _,
          Unknown _,
          Completed _,
          Incomplete _ ->
          "";
      case FunctionCall _, FunctionCallArguments _, FunctionCallDone _, Reasoning _ -> "item";
      case UpstreamEvent.ReasoningSummary _,
          UpstreamEvent.ReasoningText _,
          UpstreamEvent.WebSearch _,
          UpstreamEvent.FileSearch _,
          UpstreamEvent.Annotation _ ->
          "work";
    };
  }

  private static String end(UpstreamEvent event) {
    return switch (event) {
      case Completed _ -> "completed";
      case Incomplete(String reason, var _) -> "incomplete " + reason;
      case UpstreamEvent.Attempt _,
          Created _,
          UpstreamEvent.MessageStart _,
          UpstreamEvent.Restarted _,
          UpstreamEvent.KeepAlive _,
          InProgress _,
          Unknown _,
          TextDelta _,
          RefusalDelta _,
          FunctionCall _,
          FunctionCallArguments _,
          FunctionCallDone _,
          Reasoning _,
          UpstreamEvent.ReasoningSummary _,
          UpstreamEvent.ReasoningText _,
          UpstreamEvent.WebSearch _,
          UpstreamEvent.FileSearch _,
          UpstreamEvent.Annotation _ ->
          "none";
    };
  }
}
