package dev.minimalchat.gateway.api;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.Attachments;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.InputItem.MultipartMessage;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Messages of either API, as the provider gets them.
final class Messages {
  private Messages() {}

  /// The message; null for an answer without content.
  ///
  /// @param param the message's path in the request, for an error
  static @Nullable InputItem of(
      @Nullable String role, @Nullable ContentBody content, String param) {
    Role known = role(role, param);
    if (content == null && known != Role.ASSISTANT) {
      throw Failure.invalidParameter(param + ".content", "is missing");
    }
    List<Part> parts = content == null ? List.of() : content.toParts(param + ".content");
    return switch (known) {
      case ASSISTANT -> ofAnswer(parts);
      case SYSTEM -> joined(known, parts, JsonText::paragraphs);
      case USER ->
          parts.size() > 1
              ? new MultipartMessage(known, parts)
              : joined(known, parts, JsonText::concatenation);
    };
  }

  /// The model's message; null without content, because some providers refuse an empty one.
  static @Nullable InputItem ofAnswer(List<Part> parts) {
    boolean isEmpty = parts.stream().allMatch(part -> part.isText() && part.text().isBlank());
    return isEmpty ? null : joined(Role.ASSISTANT, parts, JsonText::concatenation);
  }

  /// One text, where all parts are text: the form that every provider takes.
  private static InputItem joined(
      Role role, List<Part> parts, Function<List<JsonText>, JsonText> join) {
    return parts.stream().allMatch(part -> part.kind() == Part.Kind.TEXT)
        ? new Message(role, join.apply(parts.stream().map(Part::text).toList()))
        : new MultipartMessage(role, parts);
  }

  /// The value of a field that must be there.
  static <T> T required(@Nullable T value, String param) {
    if (value == null) {
      throw Failure.invalidParameter(param, "is missing");
    }
    return value;
  }

  static InputItem system(JsonText text) {
    return new Message(Role.SYSTEM, text);
  }

  /// Checks the number of messages, which tool calls and their outputs do not count for, and their
  /// attachments.
  ///
  /// @throws Failure if there are too many, or none, or an attachment that is not allowed
  static void check(
      List<InputItem> input,
      LimitsProperties limits,
      AttachmentProperties attachments,
      String param) {
    if (input.isEmpty()) {
      throw Failure.invalidParameter(param, "is missing or empty");
    }
    Attachments.check(input, attachments, param);
    long messages = input.stream().filter(it -> !(it instanceof InputItem.ToolItem)).count();
    if (limits.exceedsMaxMessages(Math.toIntExact(messages))) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "more than MAX_MESSAGES messages");
    }
  }

  /// Providers treat developers' messages as the system's; not all know the role.
  private static Role role(@Nullable String role, String param) {
    return switch (role) {
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "system", "developer" -> Role.SYSTEM;
      case null -> throw Failure.invalidParameter(param + ".role", "is missing");
      default ->
          throw Failure.invalidParameter(param + ".role", "is not one of the values allowed");
    };
  }
}
