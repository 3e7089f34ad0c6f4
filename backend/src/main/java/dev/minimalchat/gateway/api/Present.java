package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.json.CachedDeserializer;
import java.io.IOException;

/// A field of a request of which only the presence matters: any value but null.
@JsonDeserialize(using = Present.Deserializer.class)
enum Present {
  PRESENT;

  static final class Deserializer extends CachedDeserializer<Present> {
    @Override
    public Present deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      parser.skipChildren();
      return PRESENT;
    }
  }
}
