package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.responses.OutputText.OutputMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of an answer has been relayed, so that text which no delta carried is relayed too, and
/// nothing twice. Servers repeat their text in up to four later events, and some send it in one of
/// these only.
///
/// It keeps a length and a hash for each message, not the text. The tables in `docs/protocol.md`
/// say where text may stand.
final class RelayedText {
  /// Answers have one or two. Further ones count as one with the last.
  private static final int MAX_MESSAGES = 256;

  /// Characters at the beginning or the end of a message that servers leave out later.
  private static final int MAX_SPACE = 4;

  private final List<Message> messages = new ArrayList<>();

  /// Notes a delta.
  ///
  /// @param output the index of its message, negative if the server sends none
  /// @param content the index of its part, likewise
  void add(int output, int content, String delta) {
    Message message = messageOfDelta(output);
    message = message == null || message.ended ? open(output) : message;
    if (message.content != content) {
      message.startPart(content);
    }
    message.append(delta);
  }

  /// What is missing of a part that is done.
  List<OutputText> missingOfPart(int output, int content, List<OutputText> part) {
    if (part.isEmpty()) {
      return part;
    }
    Message message = messageOf(output, part);
    if (message == null) {
      return open(output).relay(content, part);
    }
    if (message.content == content && message.partIsPrefixOf(part)) {
      return message.relay(content, from(message.partLength(), part));
    }
    if (message.isPrefixOf(part)) {
      return message.relay(content, from(message.length(), part));
    }
    boolean isNewPart = message.content >= 0 && content > message.content && !message.ended;
    return isNewPart ? message.relay(content, part) : List.of();
  }

  /// What is missing of a message that is done.
  ///
  /// @param whole none if the server repeats no text
  List<OutputText> missingOfMessage(int output, List<OutputText> whole) {
    Message message = messageOf(output, whole);
    List<OutputText> missing = List.of();
    if (message == null && !whole.isEmpty()) {
      message = open(output);
      missing = message.relay(-1, whole);
    } else if (message != null && !whole.isEmpty() && message.isPrefixOf(whole)) {
      missing = message.relay(message.content, from(message.length(), whole));
    }
    if (message != null) {
      message.ended = true;
    }
    return missing;
  }

  /// Whether anything of this message was relayed.
  ///
  /// @param output as of [#add]
  /// @param whole its text
  boolean has(int output, List<OutputText> whole) {
    return messageOf(output, whole) != null;
  }

  /// Whether all that was relayed is in the final output.
  ///
  /// @param output the messages that have text
  boolean isPartOf(List<OutputMessage> output) {
    return messages.stream()
        .allMatch(message -> output.stream().anyMatch(it -> message.isPrefixOf(it.texts())));
  }

  /// Whether events at the end of each message had its text as it was relayed.
  boolean isConfirmed() {
    return messages.stream().allMatch(it -> it.confirmed == it.length());
  }

  /// What is missing at the end. A server may leave out messages of the final output, give them new
  /// ids and other indices; only their order can be trusted.
  ///
  /// @param output the messages that have text
  List<Missing> missingOfOutput(List<OutputMessage> output) {
    List<Message> unmatched = new ArrayList<>(messages);
    List<Missing> missing = new ArrayList<>();
    int relayed = messages.size();
    int position = 0;
    for (OutputMessage whole : output) {
      Message match =
          unmatched.stream().filter(it -> it.isPrefixOf(whole.texts())).findFirst().orElse(null);
      if (match != null) {
        unmatched.remove(match);
        position = Math.max(position, messages.indexOf(match) + 1);
        missing.add(new Missing(whole, false, match.relayRest(whole.texts())));
      } else if (position < relayed) {
        position++;
      } else {
        missing.add(new Missing(whole, true, whole.texts()));
      }
    }
    return missing;
  }

  /// What is missing of one message at the end.
  ///
  /// @param isWhole whether nothing of it was relayed
  record Missing(OutputMessage message, boolean isWhole, List<OutputText> texts) {}

  /// The message that these texts are of. Some servers send no index with deltas and one with what
  /// is done, or other ones: then the text tells.
  private @Nullable Message messageOf(int output, List<OutputText> texts) {
    Message message = message(output);
    if (message != null || messages.isEmpty() || texts.isEmpty()) {
      return message;
    }
    Message last = messages.getLast();
    boolean isUnindexed = output < 0 || last.output < 0;
    long length = OutputText.length(texts);
    boolean isSame =
        last.ended
            ? output < 0 && last.length() == length && last.isPrefixOf(texts)
            : last.isPrefixOf(texts) || (isUnindexed && last.isWithoutSpace(texts));
    if (last.length() == 0 || !isSame) {
      return null;
    }
    last.output = Math.max(last.output, output);
    return last;
  }

  /// The message that a delta is of: without an index, the one before goes on.
  private @Nullable Message messageOfDelta(int output) {
    Message message = message(output);
    if (message != null || output >= 0 || messages.isEmpty()) {
      return message;
    }
    return messages.getLast();
  }

  private @Nullable Message message(int output) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).output == output) {
        return messages.get(i);
      }
    }
    return messages.size() < MAX_MESSAGES ? null : messages.getLast();
  }

  private Message open(int output) {
    if (messages.size() == MAX_MESSAGES) {
      return messages.getLast();
    }
    Message message = new Message(output);
    messages.add(message);
    return message;
  }

  private static List<OutputText> from(long offset, List<OutputText> texts) {
    List<OutputText> rest = new ArrayList<>();
    long skip = offset;
    for (OutputText one : texts) {
      int length = one.text().length();
      if (skip < length) {
        rest.add(new OutputText(one.text().substring((int) skip), one.isRefusal()));
      }
      skip = Math.max(0, skip - length);
    }
    return rest;
  }

  private static final class Message {
    private int output;
    private int content = -1;
    private boolean ended;

    /// How much of the text an event after it has shown to be all.
    private long confirmed;

    /// Of all text that was relayed.
    private TextHash relayed = TextHash.EMPTY;

    /// Of the text before the current part.
    private TextHash partStart = TextHash.EMPTY;

    Message(int output) {
      this.output = output;
    }

    void startPart(int newContent) {
      content = newContent;
      partStart = relayed;
    }

    void append(String text) {
      relayed = relayed.append(text);
    }

    long length() {
      return relayed.length();
    }

    long partLength() {
      return relayed.length() - partStart.length();
    }

    boolean isPrefixOf(List<OutputText> texts) {
      return startsWith(texts, TextHash.EMPTY);
    }

    boolean partIsPrefixOf(List<OutputText> texts) {
      return startsWith(texts, partStart);
    }

    /// Whether the texts are what was relayed but for white space at its beginning or its end.
    boolean isWithoutSpace(List<OutputText> texts) {
      int space = Math.clamp(length() - OutputText.length(texts), 0, MAX_SPACE);
      return Stream.of(" ", "\n")
          .map(it -> it.repeat(space))
          .anyMatch(it ->
              hash(TextHash.EMPTY, texts).append(it).equals(relayed)
                  || hash(TextHash.EMPTY.append(it), texts).equals(relayed));
    }

    /// Relays what an event has that is sent when the text is complete.
    List<OutputText> relay(int newContent, List<OutputText> texts) {
      if (content != newContent && !texts.isEmpty()) {
        startPart(newContent);
      }
      texts.forEach(text -> append(text.text()));
      confirmed = length();
      return texts;
    }

    List<OutputText> relayRest(List<OutputText> whole) {
      List<OutputText> rest = from(length(), whole);
      rest.forEach(text -> append(text.text()));
      return rest;
    }

    private static TextHash hash(TextHash start, List<OutputText> texts) {
      TextHash state = start;
      for (OutputText one : texts) {
        state = state.append(one.text());
      }
      return state;
    }

    private boolean startsWith(List<OutputText> texts, TextHash start) {
      TextHash state = start;
      for (OutputText one : texts) {
        long left = relayed.length() - state.length();
        state = state.append(one.text(), (int) Math.min(left, one.text().length()));
      }
      return state.equals(relayed);
    }
  }
}
