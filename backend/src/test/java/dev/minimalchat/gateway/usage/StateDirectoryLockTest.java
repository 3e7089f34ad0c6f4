package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryLockTest {
  @TempDir private Path directory;

  @Test
  void refusesADirectoryInUseByAnotherInstance() throws IOException {
    try (StateDirectoryLock _ = lock(Duration.ZERO)) {
      assertThatExceptionOfType(StateDirectoryException.class)
          .isThrownBy(() -> lock(Duration.ZERO))
          .withMessage("STATE_DIR is in use by another instance");
    }
  }

  @Test
  void refusesADirectoryInUseByAnotherProcess() throws Exception {
    Process other = OtherProcess.start(directory);
    try {
      assertThat(other.inputReader().readLine()).isEqualTo(OtherProcess.LOCKED);

      assertThatExceptionOfType(StateDirectoryException.class)
          .isThrownBy(() -> lock(Duration.ZERO));
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThatCode(() -> lock(Duration.ZERO).close())
        .as("the process was killed")
        .doesNotThrowAnyException();
  }

  @Test
  void waitsForAnInstanceThatIsShuttingDown() throws Exception {
    CompletableFuture<StateDirectoryLock> next = new CompletableFuture<>();
    Thread waiting;
    try (StateDirectoryLock _ = lock(Duration.ZERO)) {
      waiting = Thread.startVirtualThread(() -> next.complete(lock(TestTimeouts.LIMIT)));
      await()
          .atMost(TestTimeouts.LIMIT)
          .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    }

    next.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).close();
  }

  @Test
  void locksNothingWithoutADirectory() {
    assertThatCode(() -> new StateDirectoryLock(null, Duration.ZERO).close())
        .doesNotThrowAnyException();
  }

  private StateDirectoryLock lock(Duration maxWait) {
    return new StateDirectoryLock(directory, maxWait);
  }

  /// A JVM that locks the directory until it is killed.
  static final class OtherProcess {
    static final String LOCKED = "locked";

    private OtherProcess() {}

    static Process start(Path directory) throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              OtherProcess.class.getName(),
              directory.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]).resolve("lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      System.out.println(channel.tryLock() == null ? "refused" : LOCKED);
      Thread.currentThread().join();
    }
  }
}
