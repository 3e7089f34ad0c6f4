package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.DelegatingServletInputStream;

class LimitedInputStreamTest {
  private static final int MAX_BYTES = 100;

  private final MemoryBudget.Reservation reservation =
      new MemoryBudget(Long.MAX_VALUE, new SimpleMeterRegistry()).reserve(0);

  /// All methods that read a stream to its end.
  static Stream<Reader> readers() {
    return Stream.of(
        body -> {
          while (body.read() >= 0) {}
        },
        body -> {
          byte[] buffer = new byte[7];
          while (body.read(buffer) >= 0) {}
        },
        InputStream::readAllBytes,
        body -> body.transferTo(OutputStream.nullOutputStream()),
        body -> body.skipNBytes(MAX_BYTES + 1L));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void failsAsSoonAsTheLimitIsExceeded(Reader reader) {
    LimitedInputStream body = body(new EndlessInputStream());

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> reader.read(body))
        .returns(ErrorCode.PAYLOAD_TOO_LARGE, Failure::code);
  }

  @Test
  void readsABodyOfExactlyTheLimit() throws IOException {
    byte[] bytes = "a".repeat(MAX_BYTES).getBytes(StandardCharsets.US_ASCII);

    assertThat(body(new ByteArrayInputStream(bytes)).readAllBytes()).isEqualTo(bytes);
  }

  @Test
  void failsOneByteOverTheLimit() {
    LimitedInputStream body = body(new ByteArrayInputStream(new byte[MAX_BYTES + 1]));

    assertThatExceptionOfType(Failure.class).isThrownBy(body::readAllBytes);
  }

  @Test
  void isFinishedAtTheEndOfTheBody() throws IOException {
    LimitedInputStream body = body(new ByteArrayInputStream(new byte[1]));
    assertThat(body.isReady()).isTrue();
    assertThat(body.isFinished()).isFalse();

    body.readAllBytes();

    assertThat(body.isFinished()).isTrue();
  }

  @Test
  void reservesTheCopyOfItsReaderWhileItIsReadAndThenOnlyTheBytes() throws IOException {
    LimitedInputStream body = body(new ByteArrayInputStream(new byte[50]));
    body.readNBytes(20);
    assertThat(reservation.bytes()).isEqualTo(40);

    body.readAllBytes();

    assertThat(reservation.bytes()).isEqualTo(50);
  }

  @Test
  void failsAsOverloadedOverTheMemoryBudget() {
    MemoryBudget full = new MemoryBudget(30, new SimpleMeterRegistry());
    LimitedInputStream body =
        new LimitedInputStream(
            new DelegatingServletInputStream(new EndlessInputStream()),
            TestLimits.bytes(MAX_BYTES),
            full.reserve(0),
            noTimeout());

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> body.readNBytes(16))
        .returns(ErrorCode.OVERLOADED, Failure::code);
  }

  private LimitedInputStream body(InputStream in) {
    return new LimitedInputStream(
        new DelegatingServletInputStream(in),
        TestLimits.bytes(MAX_BYTES),
        reservation,
        noTimeout());
  }

  private static BodyTimeout noTimeout() {
    return new BodyTimeout(InstantSource.fixed(Instant.EPOCH), () -> Bulkhead.ofDefaults("slow"));
  }

  interface Reader {
    void read(InputStream body) throws IOException;
  }

  /// A body without an end.
  private static final class EndlessInputStream extends InputStream {
    @Override
    public int read() {
      return 'a';
    }
  }
}
