package dev.minimalchat.gateway.upstream.responses;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.jspecify.annotations.Nullable;

/// Connections that send no request while unsolicited bytes are unread. HttpClient would parse them
/// as the response: the next user would read the rest of another answer, and every later response
/// on that connection would belong to the previous request.
///
/// On a TLS connection only decrypted bytes are visible. HttpClient decrypts them when it checks an
/// idle connection.
final class ConnectionFactory implements HttpConnectionFactory<ManagedHttpClientConnection> {
  private final Http1Config config;

  ConnectionFactory(Http1Config config) {
    this.config = config;
  }

  @Override
  public ManagedHttpClientConnection createConnection(@Nullable Socket socket) throws IOException {
    Input input = new Input();
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(config)
        .requestWriterFactory(() -> new Writer(input))
        .responseParserFactory(_ -> new Parser(CoalescingEntity.parser(config), input))
        .build()
        .createConnection(socket);
  }

  /// The input of one connection, known from its first response on.
  private static final class Input {
    private @Nullable SessionInputBuffer buffer;
    private @Nullable InputStream socket;

    boolean hasUnreadBytes() throws IOException {
      return (buffer != null && buffer.length() > 0) || (socket != null && socket.available() > 0);
    }
  }

  private record Parser(HttpMessageParser<ClassicHttpResponse> delegate, Input input)
      implements HttpMessageParser<ClassicHttpResponse> {

    @Override
    public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
        throws IOException, HttpException {
      input.buffer = buffer;
      input.socket = in;
      return delegate.parse(buffer, in);
    }
  }

  private static final class Writer extends DefaultHttpRequestWriter {
    private final Input input;

    Writer(Input input) {
      this.input = input;
    }

    @Override
    public void write(ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out)
        throws IOException, HttpException {
      if (input.hasUnreadBytes()) {
        throw new UnsolicitedBytesException();
      }
      super.write(request, buffer, out);
    }
  }

  /// The connection has unsolicited bytes; the request was not sent.
  static final class UnsolicitedBytesException extends IOException {
    private UnsolicitedBytesException() {
      super("unsolicited bytes on an idle connection");
    }
  }
}
