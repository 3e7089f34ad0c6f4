package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/// A request body that fails as soon as it exceeds `MAX_REQUEST_BYTES`, its time or the memory
/// budget. Reserves twice what has been read, because a reader that collects it copies it once;
/// what has been read stays reserved.
final class LimitedInputStream extends ServletInputStream {
  private final ServletInputStream body;
  private final LimitsProperties limits;
  private final MemoryBudget.Reservation memory;
  private final BodyTimeout timeout;
  private long count;

  LimitedInputStream(
      ServletInputStream body,
      LimitsProperties limits,
      MemoryBudget.Reservation memory,
      BodyTimeout timeout) {
    this.body = body;
    this.limits = limits;
    this.memory = memory;
    this.timeout = timeout;
  }

  @Override
  public int read() throws IOException {
    int b = body.read();
    count(b < 0 ? -1 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = body.read(bytes, offset, length);
    count(read);
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

  /// @param bytes negative at the end of the body
  private void count(int bytes) {
    if (bytes < 0) {
      memory.shrink(memory.bytes() - count);
      return;
    }
    memory.grow(2L * bytes);
    count += bytes;
    if (limits.exceedsMaxBytes(count)) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "body over MAX_REQUEST_BYTES");
    }
    timeout.check(count);
  }
}
