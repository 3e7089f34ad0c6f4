package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What large events reserve of the memory budget.
class EventMemoryTest {
  private static final int MAX_EVENT_BYTES = 4 << 20;
  private static final int MB = 1 << 20;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MemoryBudget budget = new MemoryBudget(64 * MB, meters);
  private final EventMemory memory = new EventMemory(budget);

  @Test
  void reservesEightTimesALargeEventUntilTheNextOne() throws IOException {
    SseReader reader = reader(event(MB) + event(10));

    reader.next();
    assertThat(reserved()).isBetween(8.0 * MB, 17.0 * MB);
    reader.next();
    assertThat(reserved()).isZero();
  }

  @Test
  void countsTheLinesOfOneEventTogether() throws IOException {
    SseReader reader = reader("data: 1234567890\n".repeat(100_000) + "\n");

    reader.next();

    assertThat(reserved()).isBetween(8.0 * MB, 17.0 * MB);
  }

  @Test
  void reservesNothingForSmallEvents() throws IOException {
    SseReader reader = reader(event(4000).repeat(3));

    reader.next();
    reader.next();

    assertThat(reserved()).isZero();
  }

  @Test
  void releasesEverythingWhenTheAnswerIsClosed() throws IOException {
    reader(event(MB)).next();

    memory.close();

    assertThat(reserved()).isZero();
  }

  @Test
  void keepsNothingThatIsReservedAfterTheAnswerIsClosed() {
    memory.close();

    memory.reserve(MB);

    assertThat(reserved()).isZero();
  }

  @Test
  void keepsItsBufferWhileTheNextEventIsPartlyRead() throws IOException {
    SseReader reader = reader(event(20_000) + event(20_000) + event(30_000));

    assertThat(reader.next()).extracting(ServerSentEvent::data).isEqualTo("x".repeat(20_000));
    assertThat(reader.next()).extracting(ServerSentEvent::data).isEqualTo("x".repeat(20_000));
    assertThat(reader.next()).extracting(ServerSentEvent::data).isEqualTo("x".repeat(30_000));
    assertThat(reader.next()).isNull();
  }

  @Test
  void isInterruptible() {
    budget.reserve(64 * MB);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> memory.reserve(MB)).isInstanceOf(Failure.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private SseReader reader(String text) {
    return new SseReader(new ByteArrayInputStream(text.getBytes(UTF_8)), MAX_EVENT_BYTES, memory);
  }

  private static String event(int length) {
    return "data: " + "x".repeat(length) + "\n\n";
  }

  private double reserved() {
    return meters.get("gateway.memory.reserved").gauge().value();
  }
}
