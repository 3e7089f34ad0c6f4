package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/// A request body that is written straight to the connection, because a copy of a long conversation
/// would be the largest object of a stream. Its length is counted first: not every server accepts a
/// request without a Content-Length.
final class JsonEntity extends AbstractHttpEntity {
  private static final ObjectWriter JSON =
      JsonMapper.builder().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).build().writer();

  private final ResponsesRequest request;
  private final long length;

  JsonEntity(ResponsesRequest request) {
    super(ContentType.APPLICATION_JSON, null);
    this.request = request;
    this.length = length(request);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    JSON.writeValue(out, request);
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("it is only written");
  }

  @Override
  public void close() {}

  private static long length(ResponsesRequest request) {
    Counter counter = new Counter();
    try {
      JSON.writeValue(counter, request);
    } catch (IOException e) {
      throw new IllegalStateException("a request of strings and numbers is always serialisable", e);
    }
    return counter.count;
  }

  private static final class Counter extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
