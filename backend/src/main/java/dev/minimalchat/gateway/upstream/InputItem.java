package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.json.JsonText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One item of the conversation so far. Content is never logged.
public sealed interface InputItem permits Message, InputItem.MultipartMessage, InputItem.ToolItem {

  /// The length of its content, in UTF-16 code units.
  long characters();

  /// A message of several parts, or none.
  record MultipartMessage(Role role, List<Part> parts) implements InputItem {
    public MultipartMessage {
      parts = List.copyOf(parts);
    }

    @Override
    public long characters() {
      return Part.characters(parts);
    }

    @Override
    public String toString() {
      return "MultipartMessage[" + role + "]";
    }
  }

  /// An item that is no message.
  sealed interface ToolItem extends InputItem {}

  /// The model's call of a function.
  ///
  /// @param arguments JSON, as the model has written it
  record FunctionCall(String callId, String name, JsonText arguments) implements ToolItem {
    /// Models call functions that do not exist, with special tokens in the name. The client has to
    /// know, and sends the call back.
    private static final Pattern NAME = Pattern.compile("[!-~][ -~]{0,199}");

    /// Whether a call can have this name.
    public static boolean isName(String name) {
      return NAME.matcher(name).matches();
    }

    @Override
    public long characters() {
      return (long) name.length() + arguments.length();
    }

    @Override
    public String toString() {
      return "FunctionCall";
    }
  }

  /// What the client's function has returned.
  record FunctionCallOutput(String callId, List<Part> output) implements ToolItem {
    public FunctionCallOutput {
      output = List.copyOf(output);
    }

    @Override
    public long characters() {
      return Part.characters(output);
    }

    @Override
    public String toString() {
      return "FunctionCallOutput";
    }
  }

  /// The model's own reasoning of an earlier answer, encrypted by the provider.
  record EncryptedReasoning(JsonText encryptedContent) implements ToolItem {
    @Override
    public long characters() {
      return encryptedContent.length();
    }
  }

  /// A part of a message or of a function's output.
  ///
  /// @param text the text, or the `data:` address of an image or a file
  /// @param detail of an image: `low`, `high` or another level of the provider; the name of a file
  record Part(Kind kind, JsonText text, @Nullable String detail) {
    /// About 1,000 tokens.
    private static final long IMAGE_CHARACTERS = 4_000;

    /// Of base64; a page of text and pictures has some 50 KB.
    private static final long FILE_CHARACTERS_PER_CHARACTER = 8;

    /// What a part is.
    public enum Kind {
      TEXT,
      REFUSAL,
      IMAGE,
      FILE
    }

    public static Part text(JsonText text) {
      return new Part(Kind.TEXT, text, null);
    }

    public boolean isText() {
      return kind == Kind.TEXT || kind == Kind.REFUSAL;
    }

    private static long characters(List<Part> parts) {
      return parts.stream().mapToLong(Part::characters).sum();
    }

    /// As many as stand for the tokens that the model reads.
    private long characters() {
      return switch (kind) {
        case TEXT, REFUSAL -> text.length();
        case IMAGE -> IMAGE_CHARACTERS;
        case FILE -> text.length() / FILE_CHARACTERS_PER_CHARACTER;
      };
    }

    @Override
    public String toString() {
      return "Part[" + kind + "]";
    }
  }
}
