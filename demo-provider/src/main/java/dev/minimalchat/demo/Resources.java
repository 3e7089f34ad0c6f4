package dev.minimalchat.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Reads the answer texts from `resources/demo`.
final class Resources {
  private Resources() {}

  /// @param name the file's path below `demo`
  static String read(String name) {
    try (InputStream in = Resources.class.getResourceAsStream("/demo/" + name)) {
      Objects.requireNonNull(in, () -> "missing resource: demo/" + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
