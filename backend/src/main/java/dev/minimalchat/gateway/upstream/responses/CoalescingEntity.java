package dev.minimalchat.gateway.upstream.responses;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/// A chunked response body whose read returns every chunk that the client has buffered.
/// HttpClient's own stream returns one chunk at a time, and providers send each event in its own
/// chunk, so a reader could not see that the next event is already buffered.
final class CoalescingEntity extends HttpEntityWrapper {
  private final InputStream content;

  private CoalescingEntity(HttpEntity body, InputStream content) {
    super(body);
    this.content = content;
  }

  /// A parser whose responses have coalescing bodies.
  static HttpMessageParser<ClassicHttpResponse> parser(Http1Config config) {
    return new Parser(config);
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  /// Closes this content only: HttpClient's own stream does not know how far it has been read.
  @Override
  public void close() throws IOException {
    content.close();
  }

  private static final class Parser extends LenientHttpResponseParser {
    private final int maxLineBytes;

    Parser(Http1Config config) {
      super(config);
      this.maxLineBytes = config.getMaxLineLength();
    }

    @Override
    public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
        throws IOException, HttpException {
      ClassicHttpResponse response = super.parse(buffer, in);
      return response == null
          ? null
          : new Response(response, new ChunkedContent(buffer, in, maxLineBytes));
    }
  }

  /// A response that replaces the body which the connection sets.
  private static final class Response extends BasicClassicHttpResponse {
    private @Nullable ChunkedContent content;

    Response(ClassicHttpResponse response, ChunkedContent content) {
      super(response.getCode(), response.getReasonPhrase());
      setVersion(response.getVersion());
      setHeaders(response.getHeaders());
      this.content = content;
    }

    @Override
    public void setEntity(@Nullable HttpEntity body) {
      ChunkedContent chunks = content;
      content = null;
      super.setEntity(
          body != null && chunks != null && body.isChunked()
              ? new CoalescingEntity(body, chunks)
              : body);
    }
  }
}
