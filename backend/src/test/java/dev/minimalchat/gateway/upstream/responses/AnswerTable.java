package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.delta;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.message;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.messageAdded;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.partDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.refusal;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.refusalDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.textDone;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// The tables of `docs/protocol.md`: where text may stand, and how an answer ends. What is relayed
/// is text, and refusals in angle brackets.
final class AnswerTable {
  static final String HELLO = message("Hello");
  static final String NO_TEXT = completed("'output':[]");
  private static final String TOOL = "{'type':'function_call','name':'f','arguments':'{}'}";
  static final String REASONING =
      "{'type':'reasoning','content':[{'type':'reasoning_text','text':'x'}],'summary':[{'text':'x'}]}";

  private AnswerTable() {}

  static Stream<Arguments> texts() {
    return Stream.of(
        row("deltas", "Hello", delta(0, 0, "Hel"), delta(0, 0, "lo"), NO_TEXT),
        row("output_text.done", "Hello", textDone(0, 0, "Hello"), NO_TEXT),
        row("refusal.done", "<No>", refusalDone(0, 0, "No"), NO_TEXT),
        row("content_part.done", "Hello", partDone(0, 0, part("Hello")), NO_TEXT),
        row("a refusal in content_part.done", "<No>", partDone(0, 0, "{'refusal':'No'}"), NO_TEXT),
        row("output_item.done", "Hello", itemDone(0, HELLO), NO_TEXT),
        row("a string as content of an item", "Hello", itemDone(0, string("Hello")), NO_TEXT),
        row("the final output", "Hello", output(HELLO)),
        row("a string as final content", "Hello", output(string("Hello"))),
        row("a refusal in the final output", "<No>", output(refusal("No"))),
        row("output_text", "Hello", completed("'output':[],'output_text':'Hello'")),
        row(
            "everywhere",
            "Hello",
            delta(1, 0, "Hello"),
            textDone(1, 0, "Hello"),
            partDone(1, 0, part("Hello")),
            itemDone(1, HELLO),
            output(REASONING, HELLO)),
        row(
            "a tail in output_text.done",
            "Hello",
            delta(0, 0, "Hel"),
            textDone(0, 0, "Hello"),
            output(HELLO)),
        row(
            "a tail in content_part.done",
            "Hello",
            delta(0, 0, "Hel"),
            partDone(0, 0, part("Hello")),
            NO_TEXT),
        row("a tail in output_item.done", "Hello", delta(0, 0, "Hel"), itemDone(0, HELLO), NO_TEXT),
        row("a tail in the final output", "Hello", delta(0, 0, "Hel"), output(HELLO)),
        row(
            "a refusal as tail",
            "Hel<No>",
            delta(0, 0, "Hel"),
            output(content(part("Hel"), "{'refusal':'No'}"))),
        row(
            "a second part",
            "Hello",
            delta(0, 0, "Hel"),
            textDone(0, 0, "Hel"),
            textDone(0, 1, "lo"),
            output(content(part("Hel"), part("lo")))),
        row(
            "a second message",
            "Hm. Yes.",
            delta(0, 0, "Hm. "),
            delta(2, 0, "Yes."),
            output(message("Hm. "), TOOL, message("Yes."))),
        row(
            "a second message that is announced",
            "Hm.|Yes.",
            messageAdded(0, "null"),
            delta(0, 0, "Hm."),
            messageAdded(1, "null"),
            delta(1, 0, "Yes."),
            output(message("Hm."), message("Yes."))),
        row(
            "a second message in output_item.done only",
            "Hm.|Yes.",
            itemDone(0, message("Hm.")),
            itemDone(1, message("Yes.")),
            output(message("Hm."), message("Yes."))),
        row(
            "a second message in the final output only",
            "Hm. |Yes.",
            delta(0, 0, "Hm. "),
            output(message("Hm. "), message("Yes."))),
        row(
            "a second message after a first that differs",
            "Hm. | Yes.",
            delta(0, 0, "Hm. "),
            output(message("Hm."), message(" Yes."))),
        row(
            "a second message after one that was left out",
            "Hm. Well. |Yes.",
            delta(0, 0, "Hm. "),
            delta(1, 0, "Well. "),
            output(message("Well. "), message("Yes."))),
        row(
            "messages in another order",
            "Hm. Yes.",
            delta(1, 0, "Hm. "),
            delta(0, 0, "Yes."),
            output(message("Yes."), message("Hm. "))),
        row(
            "a first message that is left out",
            "Hm. Yes.",
            delta(0, 0, "Hm. "),
            delta(1, 0, "Yes."),
            output(message("Yes."))),
        row(
            "a delta that is an object",
            "Hello",
            "{'type':'response.output_text.delta','delta':{'type':'output_text','text':'Hello'}}",
            NO_TEXT),
        row(
            "a text that differs is ignored",
            "Hello ",
            delta(0, 0, "Hello "),
            textDone(0, 0, "Hello"),
            itemDone(0, HELLO),
            output(HELLO)),
        row(
            "a done that comes twice",
            "Hello",
            itemDone(0, HELLO),
            itemDone(0, HELLO),
            output(HELLO)),
        row(
            "a late done of an earlier part",
            "Hello",
            delta(0, 0, "Hel"),
            delta(0, 1, "lo"),
            textDone(0, 0, "Help"),
            output(content(part("Hel"), part("lo")))),
        row(
            "messages of others have no text",
            "Hello",
            delta(0, 0, "Hello"),
            output("{'type':'message','role':'user','content':'x'}", HELLO)),
        row(
            "reasoning and tools have no text",
            "Hello",
            itemDone(0, REASONING),
            itemDone(1, TOOL),
            output(REASONING, TOOL, HELLO)));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        end("completed", "completed", ""),
        end("completed", "completed", "'status':'completed'"),
        end("completed", "completed", "'status':'a word'"),
        end("completed", "completed", "'status':null"),
        end("completed", "incomplete other", "'status':'incomplete'"),
        end("completed", "incomplete max_output_tokens", reason("max_output_tokens")),
        end("completed", "incomplete other", "'status':'queued'"),
        end("completed", "incomplete other", "'status':'in_progress'"),
        end("completed", "incomplete cancelled", "'status':'cancelled'"),
        end("completed", "failure", "'status':'failed'"),
        end("incomplete", "incomplete other", ""),
        end("incomplete", "incomplete other", "'status':'completed'"),
        end("incomplete", "incomplete max_output_tokens", reason("max_output_tokens")),
        end("incomplete", "incomplete content_filter", reason("content_filter")),
        end("incomplete", "incomplete other", reason("a sentence of the provider")),
        end("incomplete", "incomplete cancelled", "'status':'cancelled'"),
        end("incomplete", "failure", "'status':'failed'"),
        end("done", "completed", ""),
        end("done", "completed", "'status':'completed'"),
        end("done", "incomplete other", "'status':'incomplete'"),
        end("done", "incomplete cancelled", "'status':'cancelled'"),
        end("done", "failure", "'status':'failed'"),
        end("cancelled", "incomplete cancelled", ""),
        end("cancelled", "incomplete cancelled", "'status':'completed'"),
        end("failed", "failure", ""),
        end("failed", "failure", "'status':'completed'"),
        empty("incomplete no_output", "'status':'completed','output':[]"),
        empty("incomplete no_output", "'output':[%s,%s]".formatted(REASONING, TOOL)),
        empty("incomplete no_output", "'output':null"),
        empty("incomplete no_output", "'output':'text'"),
        empty("incomplete no_output", "'output':[null]"),
        empty("incomplete no_output", "'output':[{'type':'message','content':null}]"),
        empty("incomplete no_output", "'output':[%s]".formatted(message(""))),
        empty("incomplete no_output", reason("a sentence of the provider")),
        empty("incomplete no_output", "'status':'in_progress'"),
        empty("incomplete max_output_tokens", reason("max_output_tokens")),
        empty("incomplete cancelled", "'status':'cancelled'"));
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        document("Hello", "completed", "'output':[%s]".formatted(HELLO)),
        document("Hello", "completed", "'status':'completed','output':[%s]".formatted(HELLO)),
        document(
            "Hello", "incomplete other", "'status':'incomplete','output':[%s]".formatted(HELLO)),
        document(
            "Hello", "incomplete cancelled", "'status':'cancelled','output':[%s]".formatted(HELLO)),
        document("", "incomplete no_output", "'status':'queued','output':[]"),
        document("", "incomplete no_output", "'status':'in_progress','output':[]"),
        document("", "incomplete cancelled", "'status':'cancelled','output':[]"),
        document("", "incomplete no_output", "'status':'completed','output':[]"),
        document("", "incomplete max_output_tokens", reason("max_output_tokens") + ",'output':[]"),
        document("", "failure", "'status':'failed','output':[%s]".formatted(HELLO)));
  }

  static Arguments row(String name, String relayed, String... events) {
    return arguments(name, List.of(events), relayed, "completed");
  }

  private static Arguments end(String type, String end, String response) {
    String terminal = "{'type':'response.%s','response':{%s}}".formatted(type, response);
    return arguments(type + " " + response, List.of(delta(0, 0, "Hello"), terminal), "Hello", end);
  }

  private static Arguments empty(String end, String response) {
    return arguments("no text " + response, List.of(completed(response)), "", end);
  }

  private static Arguments document(String relayed, String end, String response) {
    return arguments("document " + response, List.of("{" + response + "}"), relayed, end);
  }

  private static String reason(String reason) {
    return "'incomplete_details':{'reason':'%s'}".formatted(reason);
  }

  static String output(String... items) {
    return completed("'output':[%s]".formatted(String.join(",", items)));
  }

  static String part(String text) {
    return "{'type':'output_text','text':'%s'}".formatted(text);
  }

  static String content(String... parts) {
    return "{'type':'message','content':[%s]}".formatted(String.join(",", parts));
  }

  private static String string(String text) {
    return "{'type':'message','role':'assistant','content':'%s'}".formatted(text);
  }
}
