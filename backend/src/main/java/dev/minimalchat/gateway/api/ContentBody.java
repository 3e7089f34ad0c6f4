package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.CachedDeserializer;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.Attachments;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content of a message, or the output of a function: a string, or typed parts.
@JsonDeserialize(using = ContentBody.Deserializer.class)
record ContentBody(List<PartBody> parts) {
  /// The parts as the provider gets them.
  ///
  /// @param param the path of this content in the request, for an error
  /// @throws Failure if a part is neither text nor an attachment that is accepted
  List<Part> toParts(String param) {
    List<Part> result = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      result.add(parts.get(i).toPart(param + "[" + i + "]"));
    }
    return result;
  }

  /// One part, in the shape of either API. Fields that are not used are ignored.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record PartBody(
      @Nullable String type,
      @Nullable JsonText text,
      @Nullable JsonText refusal,
      @Nullable @JsonProperty("image_url") ImageUrl imageUrl,
      @Nullable String detail,
      @Nullable String filename,
      @Nullable @JsonProperty("file_data") JsonText fileData,
      @Nullable FileObject file) {
    static PartBody ofText(JsonText text) {
      return new PartBody("text", text, null, null, null, null, null, null);
    }

    Part toPart(String param) {
      return switch (type) {
        case "input_text", "output_text", "text" ->
            Part.text(Messages.required(text, param + ".text"));
        case "refusal" ->
            new Part(Part.Kind.REFUSAL, Messages.required(refusal, param + ".refusal"), null);
        case "input_image", "image_url" -> image(param + ".image_url");
        case "input_file" -> file(filename, fileData, param);
        case "file" -> file(param + ".file");
        case null -> throw Failure.invalidParameter(param + ".type", "is missing");
        default -> throw Failure.invalidParameter(param, "is of a type that is not supported");
      };
    }

    private Part file(String param) {
      return file == null ? file(null, null, param) : file(file.filename(), file.fileData(), param);
    }

    private static Part file(@Nullable String name, @Nullable JsonText data, String param) {
      if (data == null) {
        throw Failure.invalidParameter(param, "has no file_data, and nothing is stored");
      }
      return Attachments.file(name, data, param + ".file_data");
    }

    private Part image(String param) {
      if (imageUrl == null) {
        throw Failure.invalidParameter(param, "is missing");
      }
      String chosen = imageUrl.detail() == null ? detail : imageUrl.detail();
      return Attachments.image(imageUrl.url(), chosen, param);
    }
  }

  /// The address of an image: a string in the Responses API, an object in chat completions.
  @JsonDeserialize(using = ImageUrl.Deserializer.class)
  record ImageUrl(@Nullable JsonText url, @Nullable String detail) {
    static final class Deserializer extends CachedDeserializer<ImageUrl> {
      @Override
      public ImageUrl deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
          return new ImageUrl(context.readValue(parser, JsonText.class), null);
        }
        ImageObject image = context.readValue(parser, ImageObject.class);
        return new ImageUrl(image.url(), image.detail());
      }
    }
  }

  /// The object form.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ImageObject(@Nullable JsonText url, @Nullable String detail) {}

  /// A file as chat completions have it.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record FileObject(
      @Nullable String filename, @Nullable @JsonProperty("file_data") JsonText fileData) {}

  static final class Deserializer extends CachedDeserializer<ContentBody> {
    /// A null in the request is an empty content.
    @Override
    public ContentBody getNullValue(DeserializationContext context) {
      return new ContentBody(List.of());
    }

    /// The field is absent.
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }

    @Override
    public ContentBody deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.hasToken(JsonToken.VALUE_STRING)) {
        JsonText text = context.readValue(parser, JsonText.class);
        return new ContentBody(List.of(PartBody.ofText(text)));
      }
      return new ContentBody(BodyList.read(parser, context, PartBody.class));
    }
  }
}
