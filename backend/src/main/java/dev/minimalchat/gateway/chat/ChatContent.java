package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.CachedDeserializer;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.Attachments;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content of a message: a string or, with attachments, at most one text and then these.
///
/// @param text null if there are parts
@JsonDeserialize(using = ChatContent.Deserializer.class)
record ChatContent(@Nullable JsonText text, List<ChatPart> parts) {
  /// More than any message can have, so that an error names what is too much.
  private static final int MAX_PARTS = 16;

  /// The parts for the provider. Some servers fail if the text is not the first.
  ///
  /// @param param the path of this content in the request, for an error
  /// @throws Failure if a part is not valid
  List<Part> toParts(String param) {
    List<Part> result = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i).toPart(param + "[" + i + "]");
      if (i > 0 && part.isText()) {
        throw Failure.invalidRequest(param + "[" + i + "] is a text after the first part");
      }
      result.add(part);
    }
    return result;
  }

  /// What a part is, named as in the Responses API.
  enum PartType {
    @JsonProperty("input_text")
    TEXT,
    @JsonProperty("input_image")
    IMAGE,
    @JsonProperty("input_file")
    FILE
  }

  /// One part.
  record ChatPart(
      @Nullable PartType type,
      @Nullable JsonText text,
      @Nullable @JsonProperty("image_url") JsonText imageUrl,
      @Nullable String detail,
      @Nullable String filename,
      @Nullable @JsonProperty("file_data") JsonText fileData) {
    private Part toPart(String param) {
      return switch (type) {
        case TEXT -> text(param + ".text");
        case IMAGE -> Attachments.image(imageUrl, detail, param + ".image_url");
        case FILE -> Attachments.file(filename, fileData, param + ".file_data");
        case null -> throw Failure.invalidParameter(param + ".type", "is missing");
      };
    }

    private Part text(String param) {
      if (text == null || text.isBlank()) {
        throw Failure.invalidParameter(param, "is blank");
      }
      return Part.text(text);
    }
  }

  /// Lets `@NotBlank` apply to content. Registered in
  /// `META-INF/services/jakarta.validation.ConstraintValidator`.
  public static final class NotBlankContent implements ConstraintValidator<NotBlank, ChatContent> {
    @Override
    public boolean isValid(@Nullable ChatContent content, ConstraintValidatorContext context) {
      if (content == null) {
        return false;
      }
      return content.text() == null ? !content.parts().isEmpty() : !content.text().isBlank();
    }
  }

  static final class Deserializer extends CachedDeserializer<ChatContent> {
    @Override
    public ChatContent deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        return new ChatContent(context.readValue(parser, JsonText.class), List.of());
      }
      List<ChatPart> parts = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        try {
          if (parts.size() == MAX_PARTS || !parser.hasToken(JsonToken.START_OBJECT)) {
            context.reportInputMismatch(ChatPart.class, "no part, or too many");
          }
          parts.add(context.readValue(parser, ChatPart.class));
        } catch (JsonMappingException e) {
          e.prependPath(parts, parts.size());
          throw e;
        }
      }
      return new ChatContent(null, parts);
    }
  }
}
