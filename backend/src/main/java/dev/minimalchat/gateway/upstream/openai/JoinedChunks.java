package dev.minimalchat.gateway.upstream.openai;

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

/// An answer's body of which one read takes all that has arrived, where the client's own would give
/// one chunk at a time. Providers put each event in a chunk of its own, so that whoever reads would
/// never know that the next one is here already. What arrived before a fault is given before it.
final class JoinedChunks extends HttpEntityWrapper {
  /// What can stand between two chunks: a line end, a size, a line end. With more than that in the
  /// buffer there is something to read without waiting.
  private static final int BETWEEN_CHUNKS = 16;

  private final SessionInputBuffer arrived;

  private JoinedChunks(HttpEntity body, SessionInputBuffer arrived) {
    super(body);
    this.arrived = arrived;
  }

  @Override
  public InputStream getContent() throws IOException {
    return new Joined(super.getContent());
  }

  /// Parsers whose answers [#join] understands.
  static HttpMessageParserFactory<ClassicHttpResponse> parsers(Http1Config config) {
    return _ -> new Parser(config);
  }

  /// For the client, as a response interceptor.
  static void join(HttpResponse response, @Nullable EntityDetails body, HttpContext context) {
    if (response instanceof Response answer && answer.getEntity() != null) {
      answer.setEntity(new JoinedChunks(answer.getEntity(), answer.arrived));
    }
  }

  private final class Joined extends FilterInputStream {
    private @Nullable IOException fault;

    Joined(InputStream chunks) {
      super(chunks);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (fault != null) {
        throw fault;
      }
      int count = in.read(bytes, offset, length);
      try {
        int more = count;
        while (more > 0 && count < length && arrived.length() > BETWEEN_CHUNKS) {
          more = in.read(bytes, offset + count, length - count);
          count += Math.max(0, more);
        }
      } catch (IOException e) {
        fault = e;
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

  /// An answer that knows where its bytes arrive.
  private static final class Response extends BasicClassicHttpResponse {
    private final SessionInputBuffer arrived;

    Response(ClassicHttpResponse response, SessionInputBuffer arrived) {
      super(response.getCode(), response.getReasonPhrase());
      setVersion(response.getVersion());
      setHeaders(response.getHeaders());
      this.arrived = arrived;
    }
  }
}
