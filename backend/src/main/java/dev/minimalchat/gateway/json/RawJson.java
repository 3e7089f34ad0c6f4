package dev.minimalchat.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;

/// A JSON object of a request body, such as a JSON schema, kept as it was received inside the
/// body's bytes. It is forwarded, never looked into: as a tree of nodes it would need many times
/// its size.
@JsonDeserialize(using = RawJson.Deserializer.class)
@JsonSerialize(using = RawJson.Serializer.class)
public final class RawJson {
  private static final int BUFFER_CHARS = 1024;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final int length;

  private RawJson(byte[] bytes, int start, int end) throws CharacterCodingException {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.length = decodedLength(ByteBuffer.wrap(bytes, start, end - start));
  }

  /// Of text that is known to be JSON.
  ///
  /// @param object one JSON object
  public static RawJson of(String object) {
    byte[] bytes = object.getBytes(UTF_8);
    try {
      return new RawJson(bytes, 0, bytes.length);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not a Unicode string", e);
    }
  }

  /// Whether it has no fields.
  public boolean isEmpty() {
    for (int i = start + 1; i < end - 1; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /// The length in UTF-16 code units.
  public int length() {
    return length;
  }

  /// A copy that does not keep the body's bytes in memory.
  public RawJson detached() {
    try {
      return new RawJson(Arrays.copyOfRange(bytes, start, end), 0, end - start);
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("already validated", e);
    }
  }

  /// Counts without quoting the content.
  @Override
  public String toString() {
    return "RawJson[" + length + "]";
  }

  /// The parser checks the syntax, not all of the encoding.
  private static int decodedLength(ByteBuffer in) throws CharacterCodingException {
    CharsetDecoder decoder = UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(BUFFER_CHARS);
    int count = 0;
    CoderResult result;
    do {
      result = decoder.decode(in, out, true);
      if (result.isError()) {
        result.throwException();
      }
      count += out.position();
      out.clear();
    } while (result.isOverflow());
    return count;
  }

  static final class Deserializer extends CachedDeserializer<RawJson> {
    @Override
    public RawJson deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        return (RawJson) context.handleUnexpectedToken(RawJson.class, parser);
      }
      byte[] body = (byte[]) context.getAttribute(JsonText.BODY);
      long start = parser.currentTokenLocation().getByteOffset();
      if (body == null || start < 0) {
        // UTF-16 and UTF-32 are read as characters, and are not JSON (RFC 8259, section 8.1).
        throw new CharacterCodingException();
      }
      parser.skipChildren();
      long end = parser.currentLocation().getByteOffset();
      return new RawJson(body, Math.toIntExact(start), Math.toIntExact(end));
    }
  }

  static final class Serializer extends JsonSerializer<RawJson> {
    @Override
    public void serialize(RawJson json, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      String text = new String(json.bytes, json.start, json.end - json.start, UTF_8);
      // A line break would end the line of an event. JSON has them only between its tokens.
      out.writeRawValue(text.replace('\r', ' ').replace('\n', ' '));
    }
  }
}
