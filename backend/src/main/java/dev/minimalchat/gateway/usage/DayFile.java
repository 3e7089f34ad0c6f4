package dev.minimalchat.gateway.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the count of one day in a file: the date, a space, the tokens. What cannot be read or
/// written is said and passed over, since a lost count must not keep the gateway from answering.
final class DayFile {
  private static final Logger log = LoggerFactory.getLogger(DayFile.class);

  private final Path file;

  DayFile(Path directory) {
    this.file = directory.resolve("tokens-today");
  }

  /// What was counted on this day; 0 if the file is of another.
  long read(LocalDate day) {
    try {
      String[] parts = Files.readString(file).strip().split(" ", 2);
      return LocalDate.parse(parts[0]).equals(day) ? Math.max(0, Long.parseLong(parts[1])) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException | RuntimeException e) {
      log.warn(
          "the day's tokens are counted from 0, since {} is of no use: {}", file, e.toString());
      return 0;
    }
  }

  /// Replaces the file in one step, so that a crash leaves the old one or the new one.
  void write(LocalDate day, long tokens) {
    try {
      Path next = Files.writeString(file.resolveSibling("tokens-today.new"), day + " " + tokens);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("the day's tokens are not kept for a restart: {}", e.toString());
    }
  }
}
