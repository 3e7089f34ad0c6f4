package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/// A request body that fails as soon as it exceeds `MAX_REQUEST_BYTES`.
final class LimitedInputStream extends ServletInputStream {
  private final ServletInputStream body;
  private final LimitsProperties limits;
  private long count;

  LimitedInputStream(ServletInputStream body, LimitsProperties limits) {
    this.body = body;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    int b = body.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = body.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }

  private void count(int bytes) {
    count += bytes;
    if (limits.exceedsMaxBytes(count)) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "body over MAX_REQUEST_BYTES");
    }
  }
}
