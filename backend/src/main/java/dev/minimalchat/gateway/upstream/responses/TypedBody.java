package dev.minimalchat.gateway.upstream.responses;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/// A response body and what it is: by its Content-Type or, where that is missing or unspecific, by
/// its first bytes. Good streams come without a type, and as plain text.
record TypedBody(Type type, InputStream content) {
  enum Type {
    EVENT_STREAM,
    JSON,
    UNKNOWN
  }

  /// As much as a byte order mark, some empty lines and the longest field name have.
  private static final int MAX_SNIFFED_BYTES = 64;

  /// The beginning of an event stream or, in the group, of a JSON object, in ISO 8859-1.
  private static final Pattern BEGINNING =
      Pattern.compile("(?:\u00EF\u00BB\u00BF)?\\s*(?:(?:event|data|id|retry)?:|(\\{))");

  /// Blocks for the first bytes only where the type does not tell.
  static TypedBody of(@Nullable ContentType type, InputStream content) throws IOException {
    if (type == null
        || type.isSameMimeType(ContentType.TEXT_PLAIN)
        || type.isSameMimeType(ContentType.APPLICATION_OCTET_STREAM)) {
      return sniff(content);
    }
    if (type.isSameMimeType(ContentType.TEXT_EVENT_STREAM)) {
      return new TypedBody(Type.EVENT_STREAM, content);
    }
    return new TypedBody(
        type.isSameMimeType(ContentType.APPLICATION_JSON) ? Type.JSON : Type.UNKNOWN, content);
  }

  @SuppressWarnings("JdkObsolete") // hitEnd tells whether more bytes could make it match.
  private static TypedBody sniff(InputStream content) throws IOException {
    byte[] first = new byte[MAX_SNIFFED_BYTES];
    int size = 0;
    while (true) {
      int count = content.read(first, size, MAX_SNIFFED_BYTES - size);
      size += Math.max(0, count);
      Matcher beginning =
          BEGINNING.matcher(new String(first, 0, size, StandardCharsets.ISO_8859_1));
      if (beginning.lookingAt()) {
        InputStream whole =
            new SequenceInputStream(new ByteArrayInputStream(first, 0, size), content);
        return new TypedBody(beginning.group(1) == null ? Type.EVENT_STREAM : Type.JSON, whole);
      }
      if (count <= 0 || !beginning.hitEnd()) {
        return new TypedBody(Type.UNKNOWN, content);
      }
    }
  }
}
