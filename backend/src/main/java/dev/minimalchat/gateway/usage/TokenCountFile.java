package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.RedactedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file with the token count of one day: the date, a space, the count. An I/O error is logged and
/// otherwise ignored, because a lost count must not stop the gateway.
final class TokenCountFile {
  private static final Logger log = LoggerFactory.getLogger(TokenCountFile.class);

  private final Path file;

  TokenCountFile(Path directory) {
    this.file = directory.resolve("tokens-today");
  }

  Optional<DayCount> read() {
    try {
      String[] parts = Files.readString(file).strip().split(" ", 2);
      long tokens = Math.max(0, Long.parseLong(parts[1]));
      return Optional.of(new DayCount(LocalDate.parse(parts[0]), tokens));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      log.warn(
          "cannot read {}, so the token count of today starts at 0: {}",
          file,
          RedactedException.names(e));
      return Optional.empty();
    }
  }

  /// Replaces the file atomically.
  void write(LocalDate day, long tokens) {
    try {
      Path next = Files.writeString(file.resolveSibling("tokens-today.new"), day + " " + tokens);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("cannot write the token count of today: {}", RedactedException.names(e));
    }
  }

  /// The tokens of one day.
  record DayCount(LocalDate day, long tokens) {}
}
