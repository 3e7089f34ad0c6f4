package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/// Moves a `<think>` or `<thinking>` block at the very beginning of an answer's text to the
/// reasoning, however it is split into deltas. Some servers leave it in the text, and some leave
/// only its end tag there.
///
/// A block without an end tag is text after all, so its text is held until the end.
final class ThinkBlock {
  private static final List<String> NAMES = List.of("think", "thinking");

  /// White space before the tag; more is text.
  private static final int MAX_BEGINNING_CHARS = 1024;

  /// Of a block that is held; a longer one is reasoning, whether it ends or not.
  private static final int MAX_HELD_BYTES = 256 << 10;

  private final Function<String, UpstreamEvent> reasoning;
  private final IntPredicate memory;

  private State state = State.BEGINNING;

  /// The text from the beginning on, until it is decided what it is.
  private StringBuilder held = new StringBuilder();

  private int reservedBytes;
  private boolean isLost;

  /// Of the end tag, as far as it has arrived.
  private String partOfTag = "";

  private String endTag = "";

  private enum State {
    BEGINNING,
    BLOCK,
    AFTER_BLOCK,
    TEXT
  }

  /// @param reasoning makes the event of a piece of reasoning
  /// @param memory reserves this many bytes more, until the end of the answer, if there are
  ThinkBlock(Function<String, UpstreamEvent> reasoning, IntPredicate memory) {
    this.reasoning = reasoning;
    this.memory = memory;
  }

  /// What more of the text is.
  List<UpstreamEvent> text(String delta) {
    if (state == State.TEXT) {
      return List.of(new TextDelta(delta));
    }
    List<UpstreamEvent> events = new ArrayList<>();
    String rest = delta;
    if (state == State.BEGINNING) {
      rest = beginning(rest);
    } else if (state == State.BLOCK) {
      hold(rest);
    }
    if (state == State.BLOCK) {
      rest = block(rest, events);
    }
    if (state == State.AFTER_BLOCK) {
      rest = rest.substring(leadingSpace(rest));
      state = rest.isEmpty() ? state : State.TEXT;
    }
    addText(rest, events);
    return events;
  }

  /// The text has not begun with a block, because something else follows.
  List<UpstreamEvent> endBeginning() {
    return state == State.BEGINNING && !held.isEmpty() ? end() : List.of();
  }

  /// The text has ended.
  List<UpstreamEvent> end() {
    List<UpstreamEvent> events = new ArrayList<>();
    if (isLost && !partOfTag.isEmpty()) {
      events.add(reasoning.apply(partOfTag));
    }
    String rest = held.toString();
    state = State.TEXT;
    release();
    addText(rest, events);
    return events;
  }

  private static void addText(String text, List<UpstreamEvent> events) {
    if (!text.isEmpty()) {
      events.add(new TextDelta(text));
    }
  }

  /// Returns what follows the tag, or all of the text.
  private String beginning(String delta) {
    held.append(delta);
    String text = held.substring(leadingSpace(held));
    for (String name : NAMES) {
      String tag = "<" + name + ">";
      if (text.startsWith(tag)) {
        state = State.BLOCK;
        endTag = "</" + name + ">";
        return text.substring(tag.length());
      }
      String end = "</" + name + ">";
      if (text.startsWith(end)) {
        state = State.AFTER_BLOCK;
        release();
        return text.substring(end.length());
      }
    }
    boolean canBeTag =
        NAMES.stream()
            .anyMatch(name -> ("<" + name).startsWith(text) || ("</" + name).startsWith(text));
    if (canBeTag && held.length() <= MAX_BEGINNING_CHARS) {
      return "";
    }
    state = State.TEXT;
    String all = held.toString();
    release();
    return all;
  }

  /// Returns what follows the block.
  private String block(String delta, List<UpstreamEvent> events) {
    String text = partOfTag + delta;
    int end = text.indexOf(endTag);
    int thought = end < 0 ? text.length() - partOfTagAtEnd(text) : end;
    if (thought > 0) {
      events.add(reasoning.apply(text.substring(0, thought)));
    }
    if (end < 0) {
      partOfTag = text.substring(thought);
      return "";
    }
    state = State.AFTER_BLOCK;
    release();
    return text.substring(end + endTag.length());
  }

  private int partOfTagAtEnd(String text) {
    int length = Math.min(text.length(), endTag.length() - 1);
    while (!text.endsWith(endTag.substring(0, length))) {
      length--;
    }
    return length;
  }

  private void hold(String delta) {
    int bytes = Character.BYTES * (held.length() + delta.length());
    if (!isLost && bytes <= MAX_HELD_BYTES && reserve(bytes)) {
      held.append(delta);
    } else {
      isLost = true;
      held = new StringBuilder();
    }
  }

  /// Twice as much each time, as the buffer grows.
  private boolean reserve(int bytes) {
    if (bytes <= Math.max(reservedBytes, EventMemory.SMALL_EVENT_BYTES)) {
      return true;
    }
    int more = 2 * bytes - reservedBytes;
    boolean isReserved = memory.test(more);
    reservedBytes += isReserved ? more : 0;
    return isReserved;
  }

  private void release() {
    held = new StringBuilder(0);
    partOfTag = "";
  }

  private static int leadingSpace(CharSequence text) {
    int length = 0;
    while (length < text.length() && isSpace(text.charAt(length))) {
      length++;
    }
    return length;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
