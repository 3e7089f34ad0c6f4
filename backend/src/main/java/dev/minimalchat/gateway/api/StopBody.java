package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.CachedDeserializer;
import java.io.IOException;
import java.util.List;

/// `stop` of chat completions: a string, or a list of them.
@JsonDeserialize(using = StopBody.Deserializer.class)
record StopBody(List<String> sequences) {
  /// OpenAI takes four; other servers, and the completion of code, more.
  private static final int MAX_SEQUENCES = 32;

  private static final int MAX_CHARS = 500;

  /// The sequences, without empty ones.
  ///
  /// @throws Failure if there are too many, or a long one
  List<String> toSequences() {
    boolean isTooLong = sequences.stream().anyMatch(it -> it.length() > MAX_CHARS);
    if (isTooLong || sequences.size() > MAX_SEQUENCES) {
      throw Failure.invalidParameter("stop", "has too many sequences, or one that is too long");
    }
    return sequences.stream().filter(it -> !it.isEmpty()).toList();
  }

  static final class Deserializer extends CachedDeserializer<StopBody> {
    @Override
    public StopBody deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return new StopBody(
          parser.hasToken(JsonToken.VALUE_STRING)
              ? List.of(parser.getText())
              : BodyList.read(parser, context, String.class));
    }
  }
}
