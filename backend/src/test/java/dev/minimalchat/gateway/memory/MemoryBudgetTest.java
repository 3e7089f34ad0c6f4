package dev.minimalchat.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget.Reservation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryBudgetTest {
  private static final long LIMIT = 100;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MemoryBudget budget = new MemoryBudget(LIMIT, meters);

  @Test
  void refusesWhatExceedsTheLimitAndKeepsTheRest() {
    Reservation reservation = budget.reserve(60);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> budget.reserve(41))
        .returns(ErrorCode.OVERLOADED, Failure::code)
        .satisfies(failure -> assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5)));
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> reservation.grow(41));

    assertThat(reservation.bytes()).isEqualTo(60);
    budget.reserve(40);
    assertThat(reserved()).isEqualTo(LIMIT);
  }

  @Test
  void takesBackWhatMayBeReclaimedWhenMemoryIsShort() {
    Reservation kept = budget.reserve(60);
    kept.allowReclaim(() -> true);

    assertThat(budget.reserve(40).bytes()).as("fits beside it").isEqualTo(40);
    assertThat(kept.bytes()).isEqualTo(60);

    assertThat(budget.reserve(50).bytes()).isEqualTo(50);
    assertThat(kept.bytes()).isZero();
    assertThat(reserved()).isEqualTo(90);
  }

  @Test
  void takesBackNoMoreThanItNeeds() {
    Reservation one = budget.reserve(40);
    Reservation other = budget.reserve(40);
    one.allowReclaim(() -> true);
    other.allowReclaim(() -> true);

    budget.reserve(50);

    assertThat(one.bytes() + other.bytes()).isEqualTo(40);
  }

  @Test
  void keepsAReservationWhoseMemoryIsInUse() {
    Reservation used = budget.reserve(60);
    used.allowReclaim(() -> false);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(50));
    assertThat(used.bytes()).isEqualTo(60);
  }

  @Test
  void takesNothingBackForWhatCanNeverFit() {
    Reservation kept = budget.reserve(60);
    kept.allowReclaim(() -> true);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(LIMIT + 1));
    assertThat(kept.bytes()).isEqualTo(60);
  }

  @Test
  void takesNothingBackFromAClosedReservation() {
    AtomicInteger calls = new AtomicInteger();
    Reservation closed = budget.reserve(60);
    closed.allowReclaim(() -> calls.incrementAndGet() > 0);
    closed.close();
    budget.reserve(LIMIT);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(1));
    assertThat(calls).hasValue(0);
    assertThat(reserved()).isEqualTo(LIMIT);
  }

  @Test
  void releasesAReservationOnce() {
    Reservation reservation = budget.reserve(60);
    budget.reserve(40);

    reservation.close();
    reservation.close();

    assertThat(reserved()).isEqualTo(40);
  }

  @Test
  void releasesWhatAReservationHasGrownAndShrunkTo() {
    Reservation reservation = budget.reserve(10);
    reservation.grow(50);
    reservation.shrink(20);
    assertThat(reserved()).isEqualTo(40);

    reservation.close();

    assertThat(reserved()).isZero();
  }

  @Test
  void neverExceedsTheLimitWithManyThreads() {
    long granted =
        IntStream.range(0, 10_000)
            .parallel()
            .filter(_ -> {
              try {
                budget.reserve(1);
                return true;
              } catch (Failure overloaded) {
                return false;
              }
            })
            .count();

    assertThat(granted).isEqualTo(LIMIT);
  }

  @Test
  void waitsForMemoryThatIsReleased() throws Exception {
    Reservation other = budget.reserve(60);
    CountDownLatch started = new CountDownLatch(1);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reservation> waiting =
          thread.submit(() -> {
            started.countDown();
            return budget.awaitReservation(41, Duration.ofMinutes(1));
          });
      started.await();
      other.close();

      assertThat(waiting.get().bytes()).isEqualTo(41);
    }
    assertThat(reserved()).isEqualTo(41);
  }

  @Test
  void doesNotWaitLongerThanTheTimeout() {
    budget.reserve(60);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> budget.awaitReservation(41, Duration.ofMillis(1)))
        .returns(ErrorCode.OVERLOADED, Failure::code);
    assertThat(reserved()).isEqualTo(60);
  }

  /// 128 MB is the smallest heap that the gateway supports; a smaller one still admits something.
  @ParameterizedTest
  @CsvSource({"64, 11", "128, 39", "256, 128", "512, 308", "1024, 666"})
  void leavesRoomForTheGatewayItself(long heapMb, long budgetMb) {
    assertThat(MemoryBudget.limit(heapMb << 20) >> 20).isEqualTo(budgetMb);
  }

  private double reserved() {
    return meters.get("gateway.memory.reserved").gauge().value();
  }
}
