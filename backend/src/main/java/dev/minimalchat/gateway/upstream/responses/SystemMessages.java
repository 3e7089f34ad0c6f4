package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system messages at the beginning of a conversation. The prompt templates of many models take
/// one only: they refuse a second one, or leave it out. So several are one text, the instructions.
///
/// @param systemPrompt the operator's, which comes first; null for none
/// @param folded how many items of the input are part of the instructions
record SystemMessages(@Nullable String systemPrompt, List<InputItem> input, int folded) {

  static SystemMessages of(@Nullable String systemPrompt, List<InputItem> input) {
    int count = 0;
    while (count < input.size() && content(input.get(count)) != null) {
      count++;
    }
    boolean hasSeveral = systemPrompt == null ? count > 1 : count > 0;
    boolean hasMore = count < input.size();
    return new SystemMessages(systemPrompt, input, hasSeveral && hasMore ? count : 0);
  }

  /// The text for the field of that name; null for none.
  @Nullable JsonText instructions() {
    List<JsonText> texts = new ArrayList<>();
    if (systemPrompt != null) {
      texts.add(JsonText.of(systemPrompt));
    }
    input.stream()
        .limit(folded)
        .map(SystemMessages::content)
        .filter(text -> text != null && !text.isBlank())
        .forEach(texts::add);
    return texts.isEmpty() ? null : JsonText.paragraphs(texts);
  }

  /// Null if it is not the system's, or not only a text.
  private static @Nullable JsonText content(InputItem item) {
    return item instanceof Message message && message.role() == Role.SYSTEM
        ? message.content()
        : null;
  }
}
