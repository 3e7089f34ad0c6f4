package dev.minimalchat.gateway.upstream.responses;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// A response body whose read returns every chunk that the client has buffered. HttpClient's own
/// stream returns one chunk at a time, and providers send each event in its own chunk, so a reader
/// could not see that the next event is already buffered. Bytes received before an error are
/// returned before it is thrown.
final class CoalescingEntity extends HttpEntityWrapper {
  /// The framing between two chunks: CRLF, size, CRLF. A buffer with more bytes than that holds
  /// content, which can be read without blocking.
  private static final int MAX_CHUNK_FRAMING_BYTES = 16;

  private final SessionInputBuffer buffer;

  private CoalescingEntity(HttpEntity body, SessionInputBuffer buffer) {
    super(body);
    this.buffer = buffer;
  }

  @Override
  public InputStream getContent() throws IOException {
    return new CoalescingStream(super.getContent());
  }

  /// Parsers whose responses [#coalesce] can wrap.
  static HttpMessageParserFactory<ClassicHttpResponse> parsers(Http1Config config) {
    return _ -> new Parser(config);
  }

  /// Response interceptor for the client.
  static void coalesce(HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
    if (response instanceof Response buffered && buffered.getEntity() != null) {
      buffered.setEntity(new CoalescingEntity(buffered.getEntity(), buffered.buffer));
    }
  }

  private final class CoalescingStream extends FilterInputStream {
    private @Nullable IOException pendingError;

    CoalescingStream(InputStream chunks) {
      super(chunks);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (pendingError != null) {
        throw pendingError;
      }
      int count = in.read(bytes, offset, length);
      try {
        int more = count;
        while (more > 0 && count < length && buffer.length() > MAX_CHUNK_FRAMING_BYTES) {
          more = in.read(bytes, offset + count, length - count);
          count += Math.max(0, more);
        }
      } catch (IOException e) {
        pendingError = e;
      }
      return count;
    }
  }

  private static final class Parser extends LenientHttpResponseParser {
    Parser(Http1Config config) {
      super(config);
    }

    @Override
    public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
        throws IOException, HttpException {
      ClassicHttpResponse response = super.parse(buffer, in);
      return response == null ? null : new Response(response, buffer);
    }
  }

  /// A response with the buffer of its connection.
  private static final class Response extends BasicClassicHttpResponse {
    private final SessionInputBuffer buffer;

    Response(ClassicHttpResponse response, SessionInputBuffer buffer) {
      super(response.getCode(), response.getReasonPhrase());
      setVersion(response.getVersion());
      setHeaders(response.getHeaders());
      this.buffer = buffer;
    }
  }
}
