package dev.minimalchat.gateway.usage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Keeps a second instance out of `STATE_DIR`: two would overwrite each other's token count. The
/// operating system releases the lock however the process ends.
@Component
final class StateDirectoryLock implements AutoCloseable {
  /// Longer than an instance takes to shut down, so that the next one may start meanwhile.
  private static final Duration MAX_WAIT = Duration.ofSeconds(40);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
  private static final Logger log = LoggerFactory.getLogger(StateDirectoryLock.class);

  private final @Nullable FileChannel file;

  @Autowired
  StateDirectoryLock(BudgetProperties budget) {
    this(budget.stateDir(), MAX_WAIT);
  }

  /// @param maxWait for an instance that is shutting down
  /// @throws StateDirectoryException if another instance keeps the lock
  StateDirectoryLock(@Nullable Path directory, Duration maxWait) {
    this.file = directory == null ? null : open(directory);
    if (file != null) {
      acquire(file, maxWait);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private static FileChannel open(Path directory) {
    try {
      return FileChannel.open(
          directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw cannotLock(e);
    }
  }

  private static void acquire(FileChannel file, Duration maxWait) {
    try {
      boolean locked = tryLock(file);
      if (!locked) {
        log.info("STATE_DIR is in use by another instance; waiting for it to stop");
      }
      for (Duration waited = Duration.ZERO; !locked; waited = waited.plus(POLL_INTERVAL)) {
        if (waited.compareTo(maxWait) >= 0) {
          file.close();
          throw new StateDirectoryException("STATE_DIR is in use by another instance");
        }
        Thread.sleep(POLL_INTERVAL);
        locked = tryLock(file);
      }
    } catch (IOException e) {
      throw cannotLock(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for STATE_DIR", e);
    }
  }

  private static boolean tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another application context in this process
    }
  }

  private static StateDirectoryException cannotLock(IOException e) {
    return new StateDirectoryException(
        "STATE_DIR cannot be locked: " + e.getClass().getSimpleName());
  }
}
