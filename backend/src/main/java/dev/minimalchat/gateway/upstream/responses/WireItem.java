package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An element of the request's `input`. Text is sent as a string where it is one, with an explicit
/// type: the form that every server accepts.
sealed interface WireItem {

  static WireItem of(InputItem item) {
    return switch (item) {
      case Message message ->
          new WireMessage("message", message.role(), message.content(), message.phase());
      case InputItem.MultipartMessage message ->
          new WireMessage(
              "message", message.role(), content(message.role(), message.parts()), null);
      case InputItem.FunctionCall call ->
          new WireCall("function_call", call.callId(), call.name(), call.arguments());
      case InputItem.FunctionCallOutput output ->
          new WireCallOutput("function_call_output", output.callId(), output(output.output()));
      case InputItem.EncryptedReasoning reasoning ->
          new WireReasoning("reasoning", List.of(), reasoning.encryptedContent());
    };
  }

  /// Some servers take a string only.
  private static Object output(List<Part> parts) {
    return parts.stream().allMatch(Part::isText)
        ? JsonText.paragraphs(parts.stream().map(Part::text).toList())
        : content(Role.USER, parts);
  }

  /// A string, or typed parts.
  private static Object content(Role role, List<Part> parts) {
    if (parts.isEmpty()) {
      return JsonText.of("");
    }
    boolean isString = parts.size() == 1 && parts.getFirst().isText();
    return isString
        ? parts.getFirst().text()
        : parts.stream().map(part -> WirePart.of(role, part)).toList();
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WireMessage(String type, Role role, Object content, @Nullable String phase)
      implements WireItem {}

  record WireCall(
      String type, @JsonProperty("call_id") String callId, String name, JsonText arguments)
      implements WireItem {}

  record WireCallOutput(String type, @JsonProperty("call_id") String callId, Object output)
      implements WireItem {}

  record WireReasoning(
      String type,
      List<Object> summary,
      @JsonProperty("encrypted_content") JsonText encryptedContent)
      implements WireItem {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WirePart(
      String type,
      @Nullable JsonText text,
      @Nullable List<Object> annotations,
      @Nullable JsonText refusal,
      @Nullable @JsonProperty("image_url") JsonText imageUrl,
      @Nullable String detail,
      @Nullable String filename,
      @Nullable @JsonProperty("file_data") JsonText fileData) {
    /// The API requires the annotations of an answer's text, and some servers check it.
    private static WirePart ofText(Role role, JsonText text) {
      return role == Role.ASSISTANT
          ? new WirePart("output_text", text, List.of(), null, null, null, null, null)
          : new WirePart("input_text", text, null, null, null, null, null, null);
    }

    /// The default of the API, which some servers require.
    private static String detail(Part image) {
      return Objects.requireNonNullElse(image.detail(), "auto");
    }

    static WirePart of(Role role, Part part) {
      JsonText text = part.text();
      return switch (part.kind()) {
        case TEXT -> ofText(role, text);
        case REFUSAL -> new WirePart("refusal", null, null, text, null, null, null, null);
        case IMAGE -> new WirePart("input_image", null, null, null, text, detail(part), null, null);
        case FILE -> new WirePart("input_file", null, null, null, null, null, part.detail(), text);
      };
    }
  }
}
