package dev.minimalchat.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.List;

/// A JSON string of a request body, kept as it was received: escaped UTF-8 inside the body's bytes,
/// without a copy. Conversations are forwarded, never looked into, so no Java string is made of
/// them.
@JsonDeserialize(using = JsonText.Deserializer.class)
@JsonSerialize(using = JsonText.Serializer.class)
public final class JsonText {
  /// The attribute of a Jackson reader that holds the whole body, a `byte[]`.
  static final String BODY = JsonText.class.getName();

  private static final int BUFFER_CHARS = 1024;
  private static final byte[] EMPTY_LINE = "\\n\\n".getBytes(UTF_8);
  private static final int UNICODE_ESCAPE_CHARS = "XXXX".length();

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final int length;
  private final boolean blank;

  /// @param start the index after the opening quote
  /// @param end the index of the closing quote
  private JsonText(byte[] bytes, int start, int end) throws CharacterCodingException {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    Scan scan = new Scan();
    scan.decode(ByteBuffer.wrap(bytes, start, end - start));
    this.length = scan.length;
    this.blank = scan.blank;
  }

  public static JsonText of(String text) {
    return ofEscaped(JsonStringEncoder.getInstance().quoteAsUTF8(text));
  }

  private static JsonText ofEscaped(byte[] escaped) {
    try {
      return new JsonText(escaped, 0, escaped.length);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not a Unicode string", e);
    }
  }

  /// The length in UTF-16 code units.
  public int length() {
    return length;
  }

  /// The beginning, up to this many characters, or up to the first one that is neither ASCII nor a
  /// slash that is escaped.
  public String beginning(int maxChars) {
    StringBuilder text = new StringBuilder(maxChars);
    int i = start;
    while (i < end && text.length() < maxChars) {
      boolean isEscaped = bytes[i] == '\\' && i + 1 < end;
      byte b = isEscaped ? bytes[i + 1] : bytes[i];
      if (b < 0 || (isEscaped && b != '/')) {
        break;
      }
      text.append((char) b);
      i += isEscaped ? 2 : 1;
    }
    return text.toString();
  }

  /// The texts, with an empty line between them.
  public static JsonText paragraphs(List<JsonText> texts) {
    return join(texts, EMPTY_LINE);
  }

  /// The texts, with nothing between them.
  public static JsonText concatenation(List<JsonText> texts) {
    return join(texts, new byte[0]);
  }

  /// A single text is not copied.
  private static JsonText join(List<JsonText> texts, byte[] separator) {
    if (texts.size() == 1) {
      return texts.getFirst();
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (JsonText text : texts) {
      if (joined.size() > 0) {
        joined.writeBytes(separator);
      }
      joined.write(text.bytes, text.start, text.end - text.start);
    }
    return ofEscaped(joined.toByteArray());
  }

  /// A copy that does not keep the body's bytes in memory.
  public JsonText detached() {
    try {
      return new JsonText(Arrays.copyOfRange(bytes, start, end), 0, end - start);
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("already validated", e);
    }
  }

  /// Whether it has no characters but spaces and control characters.
  public boolean isBlank() {
    return blank;
  }

  /// Counts without quoting the content.
  @Override
  public String toString() {
    return "JsonText[" + length + "]";
  }

  /// Decodes and validates the UTF-8, in pieces.
  private static final class Scan {
    private int length;
    private boolean blank = true;
    private boolean escape;
    private int unicodeDigits;
    private int unicode;

    void decode(ByteBuffer in) throws CharacterCodingException {
      CharsetDecoder decoder = UTF_8.newDecoder();
      CharBuffer out = CharBuffer.allocate(BUFFER_CHARS);
      CoderResult result;
      do {
        result = decoder.decode(in, out, true);
        if (result.isError()) {
          result.throwException();
        }
        out.flip();
        while (out.hasRemaining()) {
          next(out.get());
        }
        out.clear();
      } while (result.isOverflow());
    }

    private void next(char c) {
      if (unicodeDigits > 0) {
        unicode = unicode << 4 | Character.digit(c, 16);
        if (--unicodeDigits == 0) {
          count((char) unicode);
        }
      } else if (escape) {
        escape = false;
        switch (c) {
          case 'u' -> {
            unicodeDigits = UNICODE_ESCAPE_CHARS;
            unicode = 0;
          }
          case 'b', 'f', 'n', 'r', 't' -> count(' ');
          default -> count(c);
        }
      } else if (c == '\\') {
        escape = true;
      } else {
        count(c);
      }
    }

    private void count(char c) {
      length++;
      blank &= c <= ' ';
    }
  }

  static final class Deserializer extends CachedDeserializer<JsonText> {
    @Override
    public JsonText deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (JsonText) context.handleUnexpectedToken(JsonText.class, parser);
      }
      byte[] body = (byte[]) context.getAttribute(BODY);
      long quote = parser.currentTokenLocation().getByteOffset();
      if (body == null || quote < 0) {
        // UTF-16 and UTF-32 are read as characters, and are not JSON (RFC 8259, section 8.1).
        throw new CharacterCodingException();
      }
      int start = Math.toIntExact(quote) + 1;
      return new JsonText(body, start, closingQuote(body, start));
    }

    /// The parser checks the string itself when it skips it.
    private static int closingQuote(byte[] body, int start) {
      int end = start;
      while (end < body.length && body[end] != '"') {
        end += body[end] == '\\' ? 2 : 1;
      }
      return Math.min(end, body.length);
    }
  }

  static final class Serializer extends JsonSerializer<JsonText> {
    @Override
    public void serialize(JsonText text, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      out.writeRawUTF8String(text.bytes, text.start, text.end - text.start);
    }
  }
}
