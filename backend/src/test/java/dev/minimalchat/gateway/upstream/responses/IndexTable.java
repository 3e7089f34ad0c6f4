package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.AnswerTable.HELLO;
import static dev.minimalchat.gateway.upstream.responses.AnswerTable.NO_TEXT;
import static dev.minimalchat.gateway.upstream.responses.AnswerTable.REASONING;
import static dev.minimalchat.gateway.upstream.responses.AnswerTable.output;
import static dev.minimalchat.gateway.upstream.responses.AnswerTable.part;
import static dev.minimalchat.gateway.upstream.responses.AnswerTable.row;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.delta;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.message;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.messageAdded;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.partDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.textDone;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Rows of [AnswerTable] about the indices of messages and parts, which servers leave out or
/// change.
final class IndexTable {
  private IndexTable() {}

  static Stream<Arguments> texts() {
    return Stream.of(
        row("other indices in the final output", "Hello", delta(7, 3, "Hello"), output(HELLO)),
        row(
            "a content index that grows",
            "Hello",
            delta(0, 0, "Hel"),
            delta(0, 1, "lo"),
            textDone(0, 1, "Hello"),
            textDone(0, 2, "Hello"),
            output(HELLO)),
        row(
            "no indices",
            "Hm. Yes.",
            unindexed("Hm. "),
            itemDone(-1, message("Hm. ")),
            unindexed("Yes."),
            itemDone(-1, message("Yes.")),
            output(message("Hm. "), message("Yes."))),
        row(
            "an index in output_item.done only",
            "Hello",
            unindexed("Hel"),
            unindexed("lo"),
            itemDone(1, HELLO),
            NO_TEXT),
        row(
            "an index in output_text.done only",
            "Hello",
            unindexed("Hello"),
            textDone(0, 0, "Hello"),
            itemDone(0, HELLO),
            NO_TEXT),
        row(
            "an index in the deltas only",
            "Hello",
            delta(0, 0, "Hel"),
            itemDone(-1, HELLO),
            itemDone(-1, HELLO),
            NO_TEXT),
        row(
            "an index in the first delta only",
            "Hello",
            delta(0, 0, "Hel"),
            unindexed("lo"),
            output(HELLO)),
        row(
            "another index in output_item.done",
            "Hello",
            messageAdded(1, "null"),
            delta(0, 0, "Hel"),
            itemDone(1, HELLO),
            itemDone(1, HELLO),
            output(REASONING, HELLO)),
        row(
            "a text that differs, without an index",
            "Hello ",
            unindexed("Hello "),
            textDone(0, 0, "Hello"),
            itemDone(0, HELLO),
            NO_TEXT),
        row(
            "a second message with an index after one without",
            "Hm. |Yes, sir.",
            unindexed("Hm. "),
            itemDone(1, message("Yes, sir.")),
            NO_TEXT),
        row(
            "a short second message with an index after one without",
            "Let me search. Yes",
            unindexed("Let me search. "),
            textDone(2, 0, "Yes"),
            itemDone(2, message("Yes")),
            NO_TEXT),
        row(
            "indices in all that is done only",
            "Hello",
            unindexed("Hello"),
            textDone(0, 0, "Hello"),
            partDone(0, 0, part("Hello")),
            itemDone(0, HELLO),
            output(HELLO)),
        row(
            "a content index in what is done only",
            "Hello",
            delta(0, -1, "Hello"),
            textDone(0, 0, "Hello"),
            partDone(0, 0, part("Hello")),
            itemDone(0, HELLO),
            output(HELLO)),
        row(
            "a content index in the deltas only",
            "Hello",
            delta(0, 0, "Hello"),
            textDone(0, -1, "Hello"),
            partDone(0, -1, part("Hello")),
            itemDone(0, HELLO),
            output(HELLO)),
        row(
            "messages without an index whose ends have no text",
            "AB",
            unindexed("A"),
            itemDone(-1, message("")),
            unindexed("B"),
            itemDone(-1, message("")),
            output(message("A"), message("B"))),
        row(
            "another item that is done at the index of the message",
            "Hello",
            delta(0, 0, "Hel"),
            itemDone(0, REASONING),
            delta(0, 0, "lo"),
            output(REASONING, HELLO)));
  }

  private static String unindexed(String text) {
    return "{'type':'response.output_text.delta','delta':'%s'}".formatted(text);
  }
}
